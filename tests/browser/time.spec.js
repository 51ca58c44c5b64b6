// The time line: bars, brush, keys, play, and what has no date.
const { test, expect } = require('./page.js')

const happened = ({ group }) => group === 'drawn' || group === 'unlocated'
const param = (page, name) => new URL(page.url()).searchParams.get(name)

test('undated incidents are counted beside the bars, and said to be hidden once days are chosen', async ({ open, page, incidents }) => {
  const undated = incidents.filter((incident) => happened(incident) && !incident.properties.date_start).length
  expect(undated, 'the examples tell of something without a date').toBeGreaterThan(0)
  await open()
  await expect(page.locator('#undated')).toHaveText(`${undated} without a date`)
  await open('?from=2022-01-01')
  await expect(page.locator('#undated')).toContainText('not shown')
})

for (const [ui, words] of [['en', { all: 'All days are shown', forward: 'Later', days: 'Days shown' }], ['ar', { all: 'كل الأيام معروضة', forward: 'لاحقا', days: 'الأيام المعروضة' }]]) {
  test(`keys move the days shown from left to right, and Escape shows all (${ui})`, async ({ open, page, incidents }) => {
    await open(`?ui=${ui}&step=month`)
    const line = page.getByRole('slider', { name: words.days })
    await expect(line).toHaveAttribute('aria-valuetext', words.all)
    await expect(line).toHaveAttribute('dir', 'ltr')
    await line.focus()
    await page.keyboard.press('ArrowRight')
    const first = incidents.filter(happened).map(({ properties }) => properties.date_start).filter(Boolean).sort()[0]
    await expect.poll(() => param(page, 'from')).toBe(`${first.slice(0, 7)}-01`)
    expect(param(page, 'to').slice(0, 7)).toBe(first.slice(0, 7))
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => param(page, 'to').slice(0, 7) > first.slice(0, 7)).toBe(true)
    const shown = incidents.filter(({ group, properties: { date_start, date_end } }) => group === 'drawn' && date_start && date_start <= param(page, 'to') && (date_end ?? date_start) >= param(page, 'from'))
    await expect(page.locator('#list .drawn .row')).toHaveCount(shown.length)
    await page.getByRole('button', { name: words.forward }).press('Enter')
    await expect.poll(() => param(page, 'from').slice(0, 7) > first.slice(0, 7)).toBe(true)
    await line.focus()
    await page.keyboard.press('Escape')
    await expect.poll(() => param(page, 'from')).toBe(null)
  })
}

test('a brush over the bars chooses days, a press on one bar its own', async ({ open, page }) => {
  await open('?step=month')
  const bars = await page.locator('#bars .u-over').boundingBox()
  await page.mouse.move(bars.x + bars.width * 0.5, bars.y + 30)
  await page.mouse.down()
  await page.mouse.move(bars.x + bars.width * 0.8, bars.y + 30, { steps: 8 })
  await page.mouse.up()
  await expect.poll(() => param(page, 'from')).toMatch(/^\d{4}-\d{2}-01$/)
  expect(param(page, 'to') > param(page, 'from')).toBe(true)
  await expect(page.locator('#from')).toHaveValue(param(page, 'from'))
  // What is chosen is seen on the bars, also when they are drawn anew.
  await expect.poll(async () => (await page.locator('#bars .u-select').boundingBox())?.width ?? 0).toBeGreaterThan(bars.width * 0.2)
  await page.getByRole('button', { name: 'all days' }).click()
  await expect.poll(() => param(page, 'from')).toBe(null)
  await page.mouse.click(bars.x + bars.width * 0.3, bars.y + 40)
  await expect.poll(() => param(page, 'from')?.slice(0, 7)).toBe(param(page, 'to')?.slice(0, 7))
})

test('play goes on by itself, without a step of the history each, and stops', async ({ open, page }) => {
  await open('?step=month&from=2022-06-01&to=2022-06-30')
  const before = await page.evaluate(() => history.length)
  await page.getByRole('button', { name: 'Play' }).click()
  await expect.poll(() => param(page, 'from'), { timeout: 10_000 }).toBe('2022-08-01')
  await page.getByRole('button', { name: 'Stop' }).click()
  const at = param(page, 'from')
  await page.waitForTimeout(1600)
  expect(param(page, 'from')).toBe(at)
  expect(await page.evaluate(() => history.length)).toBe(before)
})

test('bars are by day, week or month, and the address says which', async ({ open, page }) => {
  await open()
  const asked = page.waitForRequest((request) => request.url().includes('/histogram?') && new URL(request.url()).searchParams.get('step') === 'week')
  await page.getByLabel('Width of the bars').selectOption('week')
  await asked
  await expect(page).toHaveURL(/step=week/)
})

test.describe('on a phone, in Arabic', () => {
  test.use({ viewport: { width: 390, height: 844 }, locale: 'ar-SY' })

  test('the time line is folded away until it is asked for, and fits', async ({ open, page }) => {
    await open()
    await expect(page.locator('#bars')).toBeHidden()
    await page.locator('#time summary').click()
    await expect(page.locator('#bars .uplot')).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await page.locator('#bars').evaluate((node) => node.getBoundingClientRect().bottom <= document.getElementById('stage').getBoundingClientRect().bottom)).toBe(true)
  })
})
