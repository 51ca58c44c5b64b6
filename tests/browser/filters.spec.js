// Filters, their place in the address, the list in step with the map, the download.
const { test, expect, marksOf, rowOf } = require('./page.js')

test('taking a type away removes its marks and rows, and the address says so', async ({ open, page, incidents }) => {
  const { properties: { event_type } } = incidents.find(({ group }) => group === 'drawn')
  await open()
  await page.locator(`[name=event_type][value="${event_type}"]`).uncheck()
  const rest = incidents.filter(({ group, properties }) => group === 'drawn' && properties.event_type !== event_type)
  await expect(page.locator('path.mark')).toHaveCount(marksOf(rest))
  await expect(page.locator('#list .drawn .row')).toHaveCount(rest.length)
  expect(new URL(page.url()).searchParams.get('event_type').split(',')).not.toContain(event_type)
  await page.goBack()
  await expect(page.locator('path.mark')).toHaveCount(marksOf(incidents.filter(({ group }) => group === 'drawn')))
  await expect(page.locator(`[name=event_type][value="${event_type}"]`)).toBeChecked()
})

test('an address opened anew shows the same filters', async ({ open, page, incidents }) => {
  const { properties: { event_type, date_start } } = incidents.find(({ group, properties }) => group === 'drawn' && properties.date_start)
  await open(`?event_type=${encodeURIComponent(event_type)}&from=${date_start}&ui=fr`)
  await expect(page.locator('#from')).toHaveValue(date_start)
  await expect(page.locator('[name=event_type]:checked')).toHaveCount(1)
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  expect(await page.locator('path.mark').count()).toBeGreaterThan(0)
})

test('dates and words are asked of the server', async ({ open, page, incidents }) => {
  const { id, properties: { date_end } } = incidents.find(({ group, properties }) => group === 'drawn' && properties.date_end)
  await open()
  const asked = page.waitForRequest((request) => decodeURIComponent(request.url()).includes(`datetime=${date_end}/..`))
  await page.locator('#from').fill(date_end)
  await asked
  await expect(rowOf(page, id)).toBeVisible()
  const searched = page.waitForRequest((request) => new URL(request.url()).searchParams.get('q') === 'zzzz')
  await page.getByLabel('Search').fill('zzzz')
  await searched
  await expect(page.locator('#empty')).toContainText('No incident passes these filters')
  await page.locator('#empty button').click()
  await expect(rowOf(page, id)).toBeVisible()
  expect(new URL(page.url()).searchParams.has('from')).toBe(false)
})

test('what has no place, what is a total and what is denied are listed apart and counted', async ({ open, page, incidents }) => {
  await open()
  for (const group of ['unlocated', 'aggregate', 'background', 'not_happened']) {
    const members = incidents.filter((incident) => incident.group === group)
    const section = page.locator(`#list .${group}`)
    if (members.length === 0) {
      await expect(section).toHaveCount(0)
      continue
    }
    await expect(section.locator('summary .count')).toHaveText(String(members.length))
    await expect(section.locator('.row')).toHaveCount(members.length)
  }
  const unlocated = incidents.find(({ group }) => group === 'unlocated')
  if (!unlocated) return
  await rowOf(page, unlocated.id).click()
  await expect(page.locator('#list .unlocated .card blockquote')).toBeVisible()
  await expect(page.locator('.leaflet-popup')).toHaveCount(0)
})

test('what did not happen and what is no single event is never drawn, wherever it may be', async ({ open, page, incidents }) => {
  const drawn = incidents.filter(({ group }) => group === 'drawn')
  const changes = [{ status: 'denied' }, { status: 'planned' }, { status: 'hypothetical' }, { granularity: 'aggregate' }, { granularity: 'background' }]
  const changed = new Map(changes.map((change, i) => [drawn[i].id, change]))
  await page.route('**/api/collections/incidents/items?**', async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    for (const { id, properties } of body.features) Object.assign(properties, changed.get(id))
    await route.fulfill({ response: answer, json: body })
  })
  await open()
  await expect(page.locator('path.mark')).toHaveCount(marksOf(drawn.slice(changes.length)))
  await expect(page.locator('#list .not_happened .row')).toHaveCount(3 + incidents.filter(({ group }) => group === 'not_happened').length)
  for (const [id, { granularity }] of changed) await expect(page.locator(`#list .${granularity ?? 'not_happened'} [data-id="${id}"]`)).toHaveCount(1)
})

test('"only what the map shows" sends the box of the map and follows it', async ({ open, page }) => {
  await open('?map=5/0/15')
  await page.getByLabel('Only what the map shows').check()
  await expect(page).toHaveURL(/bbox=-?[\d.]+,/)
  const before = new URL(page.url()).searchParams.get('bbox')
  await page.getByRole('button', { name: 'Zoom in' }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('bbox')).not.toBe(before)
})

test('the download is all that the filters let through', async ({ open, page, request, baseURL, incidents }) => {
  const { properties: { event_type } } = incidents.find(({ group }) => group === 'drawn')
  await open(`?event_type=${encodeURIComponent(event_type)}`)
  const link = page.getByRole('link', { name: 'Download GeoJSON' })
  const href = await link.getAttribute('href')
  // A file has no last row but the last one: the answers under `items` end at some thousands.
  expect(href).toMatch(/\/download\?f=geojson&/)
  expect(new URL(href, baseURL).searchParams.has('limit')).toBe(false)
  const answer = await request.get(baseURL + href)
  expect(answer.headers()['content-disposition']).toContain('attachment')
  const { type, features } = await answer.json()
  expect(type).toBe('FeatureCollection')
  expect(features.map(({ id }) => id).sort()).toEqual(incidents.filter(({ properties }) => properties.event_type === event_type).map(({ id }) => id).sort())
})
