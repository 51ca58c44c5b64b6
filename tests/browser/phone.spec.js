// The smallest phone that is still sold: everything is reachable, nothing is wider than the screen.
const { test, expect } = require('./page.js')

const SCREEN = { width: 375, height: 667 }
const ARABIC = '01-talataye-ar.txt'
const TEXT = 'قتل مسلحون أربعة مدنيين في بلدة ميناكا شمال شرقي مالي يوم 9 مارس 2021، بحسب مصدر أمني.'

/** Nothing may be wider than the screen, nor a control too small for a finger to meet (WCAG 2.5.8: 24 pixels, but for links in text). */
async function fits(page, part) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(SCREEN.width)
  const wrong = await page.locator(part).locator('button:visible, input:visible, select:visible, textarea:visible, summary:visible').evaluateAll((controls, width) => controls.flatMap((control) => {
    const box = (control.matches('input[type=checkbox], input[type=radio]') ? control.closest('label') ?? control : control).getBoundingClientRect()
    const is_link = control.matches('.link, .only') || control.closest('li, p, .leaflet-container') !== null
    const told = `${control.tagName} ${control.id || control.name || control.textContent.slice(0, 30)}`
    return [box.left < -1 || box.right > width + 1 ? [`${told} from ${box.left} to ${box.right}`] : [], !is_link && box.height < 24 ? [`${told} is ${box.height} high`] : []].flat()
  }), SCREEN.width)
  expect(wrong).toEqual([])
}

test.use({ viewport: SCREEN, hasTouch: true, isMobile: true })

for (const ui of ['en', 'ar']) {
  test(`the reader: marks, what they say, the way to the map and back; ${ui}`, async ({ open, page }) => {
    await open(`?ui=${ui}&report=${ARABIC}`)
    const sheet = page.locator('#report')
    await expect(sheet.locator('mark').first()).toBeVisible()
    expect(await sheet.boundingBox()).toEqual({ x: 0, y: 0, ...SCREEN })
    await fits(page, '#report')
    // The text keeps the larger part of the screen.
    const text = await sheet.locator('.report-text').boundingBox()
    expect(text.height).toBeGreaterThan(SCREEN.height * 0.4)
    await sheet.locator('footer button').last().tap()
    await expect(sheet.locator('mark[aria-current]').first()).toBeInViewport()
    await expect(sheet.locator('.told')).toBeInViewport()
    await sheet.locator('mark.mark-place').first().tap()
    await sheet.locator('.told button').first().tap()
    await expect(sheet).toBeHidden()
    await expect(page.locator('.leaflet-popup .card')).toBeInViewport()
  })

  test(`the gazetteer: a sheet below the map, its leaves, a place found; ${ui}`, async ({ open, page }) => {
    await open(`?ui=${ui}`)
    await page.locator('#gazetteer-open').tap()
    const drawer = page.locator('#drawer')
    await expect(drawer).toBeVisible()
    const { x, y, width, height } = await drawer.boundingBox()
    expect([x, width, Math.round(y + height)]).toEqual([0, SCREEN.width, SCREEN.height])
    // What is searched is seen on the map above it.
    expect(y).toBeGreaterThan(SCREEN.height * 0.35)
    await fits(page, '#drawer')
    await drawer.locator('input').fill('تلاتايت')
    await drawer.locator('.found li button').first().tap()
    const pin = await page.locator('.pin').first().boundingBox()
    expect(pin.y + pin.height).toBeLessThanOrEqual(y + 4)
    await fits(page, '#drawer')
    for (const tab of await drawer.getByRole('tab').all()) {
      await tab.tap()
      await expect(tab).toHaveAttribute('aria-selected', 'true')
      await fits(page, '#drawer')
    }
    await drawer.locator('.close').tap()
    await expect(drawer).toBeHidden()
  })

  test(`filters: folded away, opened, ticked, said and cleared; ${ui}`, async ({ open, page, incidents }) => {
    await open(`?ui=${ui}`)
    await fits(page, '#top')
    // The words of the buttons above stand in one line, within them.
    for (const button of await page.locator('#top > button:visible').all()) expect(await button.evaluate(({ scrollWidth, clientWidth, offsetTop, parentElement }) => [scrollWidth <= clientWidth, offsetTop > 0 && parentElement.scrollWidth <= innerWidth])).toEqual([true, true])
    const box = page.locator('#filter-box')
    await expect(page.locator('#filters')).toBeHidden()
    await box.locator('> summary').tap()
    await expect(page.locator('#filters')).toBeVisible()
    await fits(page, '#filter-box')
    await page.locator('#filters .choice').first().tap()
    await expect(page).toHaveURL(/event_type=/)
    await expect(page.locator('#list .row')).not.toHaveCount(incidents.length)
    await page.locator('#clear').tap()
    await expect(page).not.toHaveURL(/event_type=/)
    await expect(page.locator('#list .row')).toHaveCount(incidents.length)
  })

  test(`reports in: a text is pasted, read, and looked at on the map; ${ui}`, async ({ open, page, incidents }) => {
    await open(`?ui=${ui}`)
    await page.locator('#add-report').tap()
    const dialog = page.locator('#intake')
    await fits(page, '#intake')
    await dialog.locator('[name=text]').fill(TEXT)
    await dialog.locator('[type=submit]').tap()
    const found = dialog.locator('.found button').first()
    await expect(found).toBeInViewport()
    await fits(page, '#intake')
    await found.tap()
    await expect(dialog).toBeHidden()
    await expect(page.locator('.leaflet-popup .card')).toBeInViewport()
    const { changes } = await (await page.request.get('/api/history')).json()
    await page.request.post(`/api/history/${changes[0].number}/undo`)
    await expect(page.locator('#list .row')).toHaveCount(incidents.length)
  })
}
