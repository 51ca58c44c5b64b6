// A report is written by anybody: its text must not run, not load, and not turn the words around it.
const { test, expect, rowOf } = require('./page.js')

const HOSTILE = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">\u202Egnorw'

/** Writes hostile text over every text that comes out of a report. */
async function poison(page) {
  await page.route('**/api/collections/*/items?**', async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    for (const { properties } of body.features) {
      for (const key of ['place_name', 'place_surface', 'admin1', 'report_title', 'source', 'notes', 'text', 'sub_event_type']) if (key in properties) properties[key] = HOSTILE
      if ('url' in properties) properties.url = 'javascript:window.hacked=1'
      if ('actors' in properties) properties.actors = [{ name: HOSTILE, role: 'actor1', text: HOSTILE }]
      if (properties.excerpt) properties.excerpt = { text: HOSTILE, start: 0, lang: 'en' }
      properties.evidence = [{ start: 3, end: 30, field: 'event' }]
    }
    await route.fulfill({ response: answer, json: body })
  })
}

test('hostile text is shown as text in the list, the popup and the tooltip', async ({ open, page, incidents }) => {
  await poison(page)
  const { id, properties } = incidents.find(({ group }) => group === 'drawn')
  await open(`?mentions=1&map=10/${properties.lon}/${properties.lat}`)
  await rowOf(page, id).click()
  await expect(page.locator('.leaflet-popup blockquote')).toContainText('<script>window.hacked=1</script>')
  await expect(page.locator('#list')).toContainText('<img src=x')
  await page.locator(`path.mark[data-id="${id}"]`).dispatchEvent('mouseover')
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
  expect(await page.locator('body img, body script').count()).toBe(0)
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
})

test('a hostile report as it was read is shown as text', async ({ open, page, incidents }) => {
  const { id } = incidents.find(({ group, properties }) => group === 'drawn' && properties.report_id === 'hostile-en')
  await open(`?incident=${id}`)
  await expect(page.locator('.leaflet-popup blockquote')).toContainText('<script>window.hacked=1</script>')
  await page.getByRole('button', { name: 'read the report' }).click()
  await expect(page.locator('#report .report-text')).toContainText('<img src=x')
  await expect(page.locator('#report h2')).toContainText('<b>bold</b> \uFFFDesrever')
  expect(await page.locator('#report .report-text mark').first().textContent()).not.toContain('<')
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

test('direction overrides are made visible and do nothing', async ({ open, page, incidents }) => {
  await poison(page)
  const { id } = incidents.find(({ group }) => group === 'drawn')
  await open(`?incident=${id}`)
  const shown = await page.locator('body').innerText()
  expect(shown).not.toMatch(/[\u202A-\u202E]/)
  expect(shown).toContain('\uFFFDgnorw')
})

test('the page is served with a policy that allows its own origin alone', async ({ request, baseURL }) => {
  const policy = (await request.get(baseURL)).headers()['content-security-policy']
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toMatch(/script-src[^;]*unsafe/)
})
