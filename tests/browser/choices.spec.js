// Filters with many values, ranges, saved views, colours.
const { test, expect, marksOf } = require('./page.js')

const drawn = (incidents) => incidents.filter(({ group }) => group === 'drawn')
const param = (page, name) => new URL(page.url()).searchParams.get(name)

for (const [ui, words] of [['en', { more: 'More filters', country: 'Mali', find: 'Find: Country', clear: 'Clear filters' }], ['ar', { more: 'عوامل أخرى', country: 'مالي', find: 'ابحث: البلد', clear: 'مسح' }]]) {
  test(`a country is found by its name in the reader's language, and one press clears all (${ui})`, async ({ open, page, incidents }) => {
    await open(`?ui=${ui}`)
    await page.locator('#more > summary').click()
    await page.getByLabel(words.find).fill(words.country)
    const box = page.locator('.choices.country').getByRole('checkbox', { name: words.country })
    await box.check()
    await expect(page).toHaveURL(/country=ML/)
    const inside = drawn(incidents).filter(({ properties }) => properties.country === 'ML')
    await expect(page.locator('path.mark')).toHaveCount(marksOf(inside))
    await expect(page.locator('#list .drawn .row')).toHaveCount(inside.length)
    await page.locator('#clear').click()
    await expect(page.locator('path.mark')).toHaveCount(marksOf(drawn(incidents)))
    expect(param(page, 'country')).toBe(null)
  })
}

test('an actor is found by letters of any spelling among all of them', async ({ open, page, incidents }) => {
  const actor = 'Islamic State Sahel Province'
  const with_actor = drawn(incidents).filter(({ properties }) => properties.actors.some(({ name }) => name === actor))
  expect(with_actor.length).toBeGreaterThan(0)
  await open()
  await page.locator('#more > summary').click()
  const asked = page.waitForRequest((request) => new URL(request.url()).searchParams.get('holding') === 'ISLÁMIC state sah')
  await page.getByLabel('Find: Actor').fill('ISLÁMIC state sah')
  await asked
  await page.locator('.choices.actor').getByRole('checkbox', { name: actor }).check()
  await expect(page.locator('#list .drawn .row')).toHaveCount(with_actor.length)
  await page.getByLabel('Find: Actor').fill('zzzz')
  await expect(page.locator('.choices.actor')).toContainText('Nothing of this name')
  await expect(page.locator('.choices.actor').getByRole('checkbox', { name: actor })).toBeChecked()
})

test('a name with a comma is one name, in the address and for the server', async ({ open, page }) => {
  await open('?source=one%5C,%20two,three')
  const values = await page.locator('.choices.source input[type=checkbox]:checked').evaluateAll((boxes) => boxes.map((box) => box.value))
  expect(values).toEqual(['one, two', 'three'])
  await expect(page.locator('#empty')).toBeVisible()
})

test('tolls and precision narrow, and counts follow from the server', async ({ open, page, incidents }) => {
  await open()
  await page.locator('#more > summary').click()
  await page.getByLabel('Killed, at least').fill('10')
  await page.getByLabel('Killed, at least').press('Enter')
  await page.getByLabel('Killed, at least').blur()
  await expect(page).toHaveURL(/killed_best=10\.\./)
  const many = drawn(incidents).filter(({ properties }) => properties.killed_best >= 10)
  await expect(page.locator('#list .drawn .row')).toHaveCount(many.length)
  const counted = incidents.filter(({ properties }) => properties.killed_best >= 10 && properties.geo_precision === 1).length
  const exact = page.locator('.facet.geo_precision .choice-line').first()
  await expect(exact.locator('.count')).toHaveText(String(counted))
  await exact.getByRole('checkbox').uncheck()
  await expect(page.locator('#list .drawn .row')).toHaveCount(many.filter(({ properties }) => properties.geo_precision !== 1).length)
})

test('nothing ticked finds nothing, and counts say what a tick would find', async ({ open, page, incidents }) => {
  await open('?event_type=none')
  await expect(page.locator('#empty')).toBeVisible()
  const battles = incidents.filter(({ properties }) => properties.event_type === 'Battles').length
  await expect(page.locator('.facet.event_type .choice-line').first().locator('.count')).toHaveText(String(battles))
})

test('a view is kept under a name, outlives the visit, and is deleted', async ({ open, page }) => {
  await open('?country=ML&killed_best=3..')
  await page.locator('#views summary').click()
  await page.getByLabel('What to call this view').fill('مالي صباحا')
  await page.locator('#views').getByRole('button', { name: 'Save' }).click()
  await open()
  expect(param(page, 'country')).toBe(null)
  await page.locator('#views summary').click()
  await page.locator('#views').getByRole('button', { name: 'مالي صباحا', exact: true }).click()
  await expect(page).toHaveURL(/country=ML/)
  await expect(page).toHaveURL(/killed_best=3\.\./)
  await page.locator('#views').getByRole('button', { name: 'Delete the view مالي صباحا' }).click()
  await expect(page.locator('#views li')).toHaveCount(0)
})

test('the colours follow the system until the reader chooses, also on the canvas', async ({ open, page }) => {
  const ground = () => page.locator('body').evaluate((node) => getComputedStyle(node).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  await open()
  const light = await ground()
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(ground).not.toBe(light)
  const dark = await ground()
  await page.getByLabel('Colours').selectOption('light')
  await expect.poll(ground).toBe(light)
  await open()
  expect(await ground()).toBe(light)
  await page.getByLabel('Colours').selectOption('dark')
  await expect.poll(ground).toBe(dark)
  // The sea is the page's ground, the land is painted: in the middle of the Sahara it must be dark by now.
  await open('?map=5/5/23')
  const [red] = await page.locator('.leaflet-base-pane canvas').evaluate((canvas) => [...canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data])
  expect(red).toBeLessThan(90)
})
