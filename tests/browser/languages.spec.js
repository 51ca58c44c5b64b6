// The interface in three languages, right to left where it must be.
const { test, expect, rowOf } = require('./page.js')

test.describe('with an Arabic browser', () => {
  test.use({ locale: 'ar-SY' })

  test('the page speaks Arabic and runs from right to left, the map itself does not', async ({ open, page, incidents }) => {
    await open()
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(page.locator('#map')).toHaveAttribute('dir', 'ltr')
    await expect(page.locator('#filters')).toContainText('نوع الحدث')
    const [panel, map] = await Promise.all(['#panel', '#map'].map((id) => page.locator(id).boundingBox()))
    expect(panel.x).toBeGreaterThan(map.x)
    const latin = incidents.find(({ group, properties }) => group === 'drawn' && properties.lang !== 'ar')
    await rowOf(page, latin.id).click()
    await expect(page.locator('.leaflet-popup .card')).toHaveAttribute('dir', 'rtl')
    await expect(page.locator('.leaflet-popup blockquote')).toHaveAttribute('dir', 'ltr')
    const popup = await page.locator('.leaflet-popup').boundingBox()
    expect(popup.x).toBeGreaterThanOrEqual(map.x - 1)
    expect(popup.x + popup.width).toBeLessThanOrEqual(map.x + map.width + 1)
  })

  test('the page lies the right way round before its words have come', async ({ page, baseURL }) => {
    // The words come late: whatever is painted until then must not turn around afterwards.
    await page.route('**/locale/*.json', (route) => setTimeout(() => route.continue().catch(() => {}), 3_000))
    await page.goto(baseURL, { waitUntil: 'domcontentloaded' })
    expect(await page.evaluate(() => [document.documentElement.dir, document.documentElement.lang, document.querySelector('#add-report').textContent])).toEqual(['rtl', 'ar', ''])
    await page.waitForSelector('html[data-ready]')
  })

  test('dates use the months of the reader', async ({ open, page, incidents }) => {
    const september = incidents.find(({ group, properties }) => group === 'drawn' && properties.date_start?.slice(5, 7) === '09' && properties.date_end === properties.date_start)
    expect(september, 'the examples tell of a September').toBeTruthy()
    await open()
    await expect(rowOf(page, september.id).locator('time bdi')).toContainText('أيلول')
  })
})

test('the language can be changed at once and stays in the address', async ({ open, page }) => {
  await open()
  await page.getByLabel('Language', { exact: true }).selectOption('fr')
  await expect(page.locator('#filters')).toContainText('Type d’événement')
  await expect(page).toHaveURL(/ui=fr/)
  await page.locator('#ui').selectOption('ar')
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.locator('path.mark').first()).toBeVisible()
})

test('no word of the interface is missing in any language', async ({ open, page }) => {
  for (const ui of ['ar', 'fr', 'en']) {
    await open(`?ui=${ui}`)
    expect(await page.locator('body').innerText()).not.toMatch(/\b(filter|group|type|status|field|legend|place)\.[a-z]/)
  }
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('the map is above the list and nothing is wider than the screen', async ({ open, page }) => {
    for (const ui of ['ar', 'fr', 'en']) {
      await open(`?ui=${ui}`)
      const [panel, map] = await Promise.all(['#panel', '#map'].map((id) => page.locator(id).boundingBox()))
      expect(map.y).toBeLessThan(panel.y)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    }
  })
})
