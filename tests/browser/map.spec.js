// Marks, circles, the popup with its evidence, and what must never be drawn.
const { test, expect, placesOf, rowOf } = require('./page.js')

test('every located incident has one mark at each of its places and nothing else has', async ({ open, page, incidents }) => {
  await open()
  const drawn = incidents.filter(({ group }) => group === 'drawn')
  expect(drawn.length).toBeGreaterThan(0)
  const ids = await page.locator('path.mark').evaluateAll((marks) => marks.map((mark) => mark.dataset.id))
  expect(ids.sort()).toEqual(drawn.flatMap((incident) => placesOf(incident).map(() => incident.id)).sort())
})

test('an uncertain place is drawn with its radius and a region dashed and hatched', async ({ open, page, incidents }) => {
  await open()
  const drawn = incidents.filter(({ group }) => group === 'drawn')
  const places = drawn.flatMap((incident) => placesOf(incident).map((place) => ({ is_area: incident.geometry.type.endsWith('Polygon'), ...place })))
  const uncertain = places.filter(({ is_area, radius_m }) => is_area || radius_m >= 3000)
  await expect(page.locator('path.precision')).toHaveCount(uncertain.length)
  const regions = uncertain.filter(({ is_area, geo_precision }) => is_area || geo_precision === 3)
  await expect(page.locator('path.precision.region')).toHaveCount(regions.length)
  const fills = await page.locator('path.precision.region').evaluateAll((paths) => paths.map((path) => getComputedStyle(path).fill))
  for (const fill of fills) expect(fill).toContain('#hatch-')
})

test('an incident of several places has its popup at each mark, with all places named and the toll called theirs together', async ({ open, page, incidents }) => {
  const several = incidents.find(({ group, geometry }) => group === 'drawn' && geometry.type === 'MultiPoint')
  const { id, properties } = several
  await open(`?map=7/${properties.lon}/${properties.lat}`)
  await rowOf(page, id).hover()
  await expect(page.locator(`path.mark.hovered[data-id="${id}"]`)).toHaveCount(placesOf(several).length)
  const marks = page.locator(`path.mark[data-id="${id}"]`)
  for (let nth = 0; nth < placesOf(several).length; nth += 1) {
    await marks.nth(nth).dispatchEvent('click')
    const card = page.locator('.leaflet-popup .card')
    for (const { place_surface } of placesOf(several)) await expect(card).toContainText(place_surface)
    await expect(card).toContainText('in all these places together')
    await page.keyboard.press('Escape')
  }
  for (const { place_surface } of placesOf(several)) await expect(rowOf(page, id)).toContainText(place_surface)
})

test('the popup shows an Arabic sentence from right to left inside the English page, with its evidence marked', async ({ open, page, incidents }) => {
  const arabic = incidents.find(({ group, properties }) => group === 'drawn' && properties.lang === 'ar' && properties.evidence.length > 0)
  await open()
  await rowOf(page, arabic.id).click()
  const quote = page.locator('.leaflet-popup blockquote')
  await expect(quote).toHaveAttribute('dir', 'rtl')
  await expect(quote).toHaveText(arabic.properties.excerpt.text)
  expect(await quote.locator('mark').count()).toBeGreaterThan(0)
  await expect(page.locator('.leaflet-popup .card')).toHaveAttribute('dir', 'ltr')
})

test('marks lie on the code points that the server gives as evidence', async ({ open, page, incidents }) => {
  await open()
  for (const { id, properties } of incidents.filter(({ group }) => group === 'drawn').slice(0, 10)) {
    const points = Array.from(properties.excerpt.text)
    const is_marked = points.map((_, i) => properties.evidence.some(({ start, end }) => i + properties.excerpt.start >= start && i + properties.excerpt.start < end))
    await rowOf(page, id).click()
    const shown = async () => (await page.locator('.leaflet-popup mark').allTextContents()).join('').replaceAll('\uFFFD', '')
    await expect.poll(shown).toBe(points.filter((_, i) => is_marked[i]).join('').replace(/[\u202A-\u202E\u2066-\u2069]/g, ''))
  }
})

test('a click on a mark opens its popup and selects its row', async ({ open, page, incidents }) => {
  const alone = incidents.find(({ group, properties, geometry }) => group === 'drawn' && !incidents.some((other) => other.geometry && other.properties !== properties && JSON.stringify(other.geometry) === JSON.stringify(geometry)))
  const [lon, lat] = [alone.properties.lon, alone.properties.lat]
  await open(`?map=11/${lon}/${lat}`)
  await page.locator(`path.mark[data-id="${alone.id}"]`).click()
  await expect(page.locator('.leaflet-popup .card')).toBeVisible()
  await expect(rowOf(page, alone.id)).toHaveClass(/selected/)
})

test('hovering a row lifts its mark', async ({ open, page, incidents }) => {
  const { id } = incidents.find(({ group }) => group === 'drawn')
  await open()
  await rowOf(page, id).hover()
  await expect(page.locator(`path.mark[data-id="${id}"]`)).toHaveClass(/hovered/)
})

test('towns and the places of incidents are named in the language of the reader', async ({ open, page }) => {
  const names = page.locator('.leaflet-names-pane')
  await open('?map=7/0.5/14.5')
  await expect(names.locator('.scene')).not.toHaveCount(0)
  await expect(names.locator('.town', { hasText: /^Niamey$/ })).toHaveCount(1)
  await page.locator('#ui').selectOption('ar')
  await expect(names.locator('.town', { hasText: /^نيامي$/ })).toHaveCount(1)
  await expect(names.locator('.country', { hasText: 'مالي' })).toHaveCount(1)
})

test('mentions are a second layer, those of one spot one dot with their count', async ({ open, page, request, baseURL }) => {
  const { features } = await (await request.get(`${baseURL}/api/collections/mentions/items?limit=10000`)).json()
  const spots = new Set(features.filter(({ geometry }) => geometry).map(({ geometry }) => geometry.coordinates.map((v) => v.toFixed(4)).join()))
  await open()
  await expect(page.locator('.mention')).toHaveCount(0)
  await page.getByLabel('Show places mentioned').check()
  await expect(page.locator('.mention')).toHaveCount(spots.size)
  expect(page.url()).toContain('mentions=1')
})

test('the whole report opens with its evidence marked', async ({ open, page, incidents }) => {
  const { id } = incidents.find(({ group, properties }) => group === 'drawn' && properties.evidence.length > 0)
  await open(`?incident=${id}`)
  await page.getByRole('button', { name: 'read the report' }).click()
  await expect(page.locator('#report .report-text mark').first()).toBeVisible()
})

test('an answer that does not come is said, and can be asked for again', async ({ page, baseURL }) => {
  let is_down = true
  await page.route('**/api/collections/incidents/**', (route) => (is_down ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Error', status: 500, detail: 'the store is locked' }) }) : route.continue()))
  await page.goto(baseURL)
  await expect(page.getByRole('alert')).toContainText('the store is locked')
  is_down = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.locator('path.mark').first()).toBeVisible()
  await expect(page.locator('#problem')).toBeHidden()
})

test('a long card scrolls within what the time line leaves of the map', async ({ open, page, incidents }) => {
  // Lower than the longest card.
  await page.setViewportSize({ width: 1280, height: 520 })
  await open()
  const drawn = incidents.filter(({ group }) => group === 'drawn')
  const longest = drawn.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0]
  await rowOf(page, longest.id).click()
  const card = page.locator('.leaflet-popup-content-wrapper')
  await expect(card).toBeVisible()
  const bottoms = () => page.evaluate(() => ['.leaflet-popup-content-wrapper', '#map'].map((of) => document.querySelector(of).getBoundingClientRect().bottom))
  await expect.poll(async () => { const [of_card, of_map] = await bottoms(); return of_card <= of_map }).toBe(true)
  expect(await card.locator('.leaflet-popup-content').evaluate((content) => content.scrollHeight > content.clientHeight)).toBe(true)
})

for (const ui of ['en', 'ar']) {
  test.describe(`on a narrow desk, ${ui}`, () => {
    test.use({ viewport: { width: 1160, height: 700 } })

    test('sheet and legend give way to the card that they would cover', async ({ open, page, incidents }) => {
      const { id } = incidents.find(({ group }) => group === 'drawn')
      await open(`?ui=${ui}`)
      await page.locator('#gazetteer-open').press('Enter')
      await expect(page.locator('#drawer')).toBeVisible()
      await expect(page.locator('#legend')).toHaveAttribute('open')
      // By the reader beside the map: little is left of it.
      await page.evaluate(() => history.pushState(null, '', `${location.search}&report=01-talataye-ar.txt`))
      await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')))
      await expect(page.locator('#report mark').first()).toBeVisible()
      await rowOf(page, id).press('Enter')
      const card = page.locator('.leaflet-popup-content-wrapper')
      await expect(card).toBeVisible()
      await expect(page.locator('#drawer')).toBeHidden()
      await expect.poll(() => card.evaluate((card) => {
        const { left, top, width, height } = card.getBoundingClientRect()
        return [[0.1, 0.1], [0.9, 0.1], [0.5, 0.5], [0.1, 0.9], [0.9, 0.9]].every(([x, y]) => card.contains(document.elementFromPoint(left + x * width, top + y * height)))
      })).toBe(true)
    })
  })
}
