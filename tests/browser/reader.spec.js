// The reader: the whole report, everything found in it marked, map and list answering to it.
const { test, expect, rowOf } = require('./page.js')

const ARABIC = '01-talataye-ar.txt'
const ENGLISH = '03-palma-en.txt'

/** What the server found in a report. */
async function found(request, baseURL, collection, id) {
  const answer = await request.get(`${baseURL}/api/collections/${collection}/items?limit=1000&granularity=incident,aggregate,background&report_id=${id}`.replace('granularity=incident,aggregate,background&', collection === 'incidents' ? '$&' : ''))
  return (await answer.json()).features
}

for (const [ui, id, dir] of [['ar', ARABIC, 'rtl'], ['en', ENGLISH, 'ltr']]) {
  test(`every mention and every word of evidence is marked where the server says; ${ui}`, async ({ open, page, request, baseURL }) => {
    const [mentions, incidents] = [await found(request, baseURL, 'mentions', id), await found(request, baseURL, 'incidents', id)]
    const spans = [...mentions.map(({ properties }) => properties), ...incidents.flatMap(({ properties }) => properties.evidence)]
    expect(spans.length).toBeGreaterThan(10)
    await open(`?ui=${ui}&report=${id}`)
    const text = page.locator('#report .report-text')
    await expect(text.locator('mark').first()).toBeVisible()
    await expect(text).toHaveAttribute('dir', dir)
    const whole = (await (await request.get(`${baseURL}/api/collections/reports/items/${id}`)).json()).properties.text
    expect(await text.textContent()).toBe(whole)
    // Each code point is marked or not, as it should be.
    const is_marked = await text.evaluate((node) => [...node.firstChild.childNodes].map((child) => (child.nodeName === 'MARK' ? '#' : '.').repeat(Array.from(child.textContent).length)).join(''))
    const wanted = Array.from(whole).map((_, i) => (spans.some(({ start, end }) => i >= start && i < end) ? '#' : '.')).join('')
    expect(is_marked).toBe(wanted)
    // Each kind is counted, and can be put out.
    const places = page.locator('#report .kind').first()
    await expect(places).toContainText(String(mentions.length))
    await places.click()
    await expect(places).toHaveAttribute('aria-pressed', 'false')
    await expect(text.locator('mark.mark-place')).toHaveCount(0)
    expect(await text.textContent()).toBe(whole)
  })
}

test('pointing at a word lights up its mark and its row, and the other way round', async ({ open, page, request, baseURL }) => {
  const incident = (await found(request, baseURL, 'incidents', ENGLISH)).find(({ geometry, properties }) => geometry && properties.granularity === 'incident')
  await open(`?report=${ENGLISH}`)
  const words = page.locator('#report mark.mark-toll').first()
  await words.hover()
  await expect(page.locator('path.mark.hovered')).toHaveCount(1)
  await expect(page.locator('#list .row.hovered')).toHaveCount(1)
  await expect(words).toHaveClass(/lit/)
  const place = page.locator('#report mark.mark-place').first()
  await place.hover()
  await expect(page.locator('path.beacon')).toHaveCount(1)
  await rowOf(page, incident.id).hover()
  await expect(page.locator('#report mark.lit').first()).toBeVisible()
  await expect(page.locator(`path.mark.hovered[data-id="${incident.id}"]`)).toHaveCount(1)
  const lit = await page.locator('#report mark.lit').allTextContents()
  expect(incident.properties.evidence.some(({ text }) => lit.join('').includes(text))).toBe(true)
})

test('opened from the popup at its evidence, walked by keys, left by Escape', async ({ open, page, incidents }) => {
  const { id } = incidents.find(({ group, properties }) => group === 'drawn' && properties.report_id === 'ambush-fr')
  await open(`?incident=${id}`)
  await page.locator('.leaflet-popup footer').getByRole('button', { name: 'read the report' }).press('Enter')
  await expect(page).toHaveURL(/report=ambush-fr/)
  const current = page.locator('#report mark[aria-current]')
  await expect(current.first()).toHaveText('Onze soldats')
  await expect(current.first()).toBeFocused()
  await expect(page.locator('#report .told')).toContainText('the killed of Armed clash · 11 killed')
  await page.keyboard.press('n')
  await expect(current.first()).toHaveText('ont été tués')
  await page.keyboard.press('p')
  await page.keyboard.press('p')
  await expect(page.locator('#report .told')).toContainText('the first mark')
  await page.locator('#report').getByRole('button', { name: 'Next mark' }).click()
  await expect(page.locator('#report').getByRole('button', { name: 'Next mark' })).toBeFocused()
  await expect(current.first()).toHaveText('ont été tués')
  await page.keyboard.press('Escape')
  await expect(page.locator('#report')).toBeHidden()
  await expect(page).not.toHaveURL(/report=/)
  await expect(page.locator('.leaflet-popup footer').getByRole('button', { name: 'read the report' })).toBeFocused()
})

test('from report to report by buttons and keys, and back through the history', async ({ open, page }) => {
  await open(`?report=${ENGLISH}`)
  const title = page.locator('#report-title')
  await expect(page.locator('#report .report-text')).toBeFocused()
  await expect(title).toHaveText(ENGLISH)
  const way = (by) => page.locator(`#report [data-by="${by}"]`)
  const by = (await way(1).isEnabled()) ? 1 : -1
  await way(by).click()
  await expect(title).not.toHaveText(ENGLISH)
  await expect(page.locator('#report .report-text')).toBeFocused()
  await page.keyboard.press(by > 0 ? 'Shift+P' : 'Shift+N')
  await expect(title).toHaveText(ENGLISH)
  await page.goBack()
  await expect(title).not.toHaveText(ENGLISH)
})

test('next goes on beyond the rows that have come, through every report of the list', async ({ open, page, incidents }) => {
  const AT_ONCE = '3'
  await page.route(/\/incidents\/items\?.*limit=100/, (route) => route.continue({ url: route.request().url().replace('limit=100', `limit=${AT_ONCE}`) }))
  const all = new Set(incidents.map(({ properties }) => properties.report_id))
  await open()
  // The first of the list; so few rows have come that most reports are not among them.
  const id = await page.locator('#list [data-id]').first().getAttribute('data-id')
  const { report_id } = incidents.find((incident) => incident.id === id).properties
  await page.evaluate((report) => history.pushState(null, '', `?report=${report}`), report_id)
  await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')))
  const [next, count] = [page.locator('#report [data-by="1"]'), page.locator('#report header .count')]
  await expect(count).toContainText(/^1\/\d+\+$/)
  const visited = [report_id]
  while (await next.isEnabled()) {
    await expect(page.locator('#report .report-text')).toBeFocused()
    await page.keyboard.press('Shift+N')
    await expect.poll(() => new URL(page.url()).searchParams.get('report')).not.toBe(visited.at(-1))
    visited.push(new URL(page.url()).searchParams.get('report'))
    await expect(page.locator('#report .report-text')).toBeFocused()
    expect(visited.length).toBeLessThanOrEqual(all.size)
  }
  expect(new Set(visited)).toEqual(all)
  expect(visited.length).toBe(all.size)
  await expect(count).toHaveText(`${all.size}/${all.size}`)
})

test('a report that is not there says so and can be left', async ({ page, baseURL }) => {
  await page.goto(`${baseURL}/?report=nowhere`)
  await expect(page.locator('#report [role=alert]')).toContainText('nowhere')
  await page.locator('#report').getByRole('button', { name: 'Close' }).click()
  await expect(page.locator('#report')).toBeHidden()
})

test('a hostile report is shown as text, its marks where they belong', async ({ open, page }) => {
  await open('?report=hostile-en')
  await expect(page.locator('#report .report-text')).toContainText('<img src=x onerror')
  await expect(page.locator('#report .report-text mark', { hasText: 'five civilians' })).toHaveCount(1)
  expect(await page.locator('#report').innerText()).not.toMatch(/[\u202A-\u202E]/)
  expect(await page.locator('#report :is(img, script, a[href^=javascript])').count()).toBe(0)
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

test('a hundred thousand letters with thousands of marks answer at once', async ({ open, page }) => {
  const sentence = 'Gunmen killed five civilians in Ménaka on 6 March 2021. '
  const times = Math.ceil(100_000 / sentence.length)
  const text = sentence.repeat(times)
  const at = (words, n) => ({ start: n * sentence.length + sentence.indexOf(words), end: n * sentence.length + sentence.indexOf(words) + words.length })
  const each = Array.from({ length: times }, (_, n) => n)
  await page.route('**/api/collections/reports/items/long', (route) => route.fulfill({ json: { properties: { id: 'long', title: null, lang: 'en', text } } }))
  await page.route('**/api/collections/mentions/items?filter*', (route) => route.fulfill({ json: { features: each.map((n) => ({ id: `m${n}`, geometry: { type: 'Point', coordinates: [2.4, 15.9] }, properties: { ...at('Ménaka', n), kind: 'literal', place_id: 'x', place_name: 'Ménaka', country: 'ML', confidence: 1 } })) } }))
  await page.route('**/api/collections/incidents/items?filter*', (route) => route.fulfill({ json: { features: each.map((n) => ({ id: `i${n}`, geometry: null, properties: { event_type: 'Battles', lon: null, lat: null, evidence: [{ ...at('killed', n), field: 'event' }, { ...at('five civilians', n), field: 'killed' }, { ...at('killed five', n), field: 'status' }] } })) } }))
  await open()
  const before = Date.now()
  await page.evaluate(() => history.pushState(null, '', '?report=long'))
  await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')))
  await expect(page.locator('#report mark').first()).toBeVisible()
  // Half a second of work; a machine that also builds answers late, not wrongly.
  expect(Date.now() - before).toBeLessThan(5_000)
  expect(await page.locator('#report mark').count()).toBeGreaterThan(4 * times)
  await page.locator('#report .report-text').focus()
  const took = await page.evaluate(async () => {
    const start = performance.now()
    for (let i = 0; i < 22; i++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyN', key: 'ى', bubbles: true }))
    return performance.now() - start
  })
  expect(took / 22).toBeLessThan(100)
  await expect(page.locator('#report .told')).toContainText('Battles')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  for (const [ui, id] of [['ar', ARABIC], ['en', ENGLISH]]) {
    test(`the reader is a sheet that leaves for the map; ${ui}`, async ({ open, page }) => {
      await open(`?ui=${ui}&report=${id}`)
      const sheet = page.locator('#report')
      await expect(sheet.locator('mark').first()).toBeVisible()
      expect(await sheet.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 })
      await sheet.locator('mark.mark-place').first().click()
      await sheet.locator('.told button').first().click()
      await expect(sheet).toBeHidden()
      await expect(page.locator('.leaflet-popup .card')).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    })
  }
})
