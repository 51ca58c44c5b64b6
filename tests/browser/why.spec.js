// «Why this place?»: asked when it is opened, answered in the language of the reader.
const { test, expect } = require('./page.js')

/** Opens the first box of the first spot of mentions. */
async function openWhy(page) {
  // Not by pointer: another spot may lie over it.
  await page.locator('.mention').first().dispatchEvent('click')
  const box = page.locator('.leaflet-popup details.why').first()
  await expect(box).toBeVisible()
  // By key: a box that the map is still moving into view would be missed by a pointer.
  await box.locator('summary').press('Enter')
  await expect(box).toHaveAttribute('open', '')
  return box
}

test('a mention tells why when it is asked, and not before', async ({ open, page }) => {
  const asked = []
  page.on('request', (request) => request.url().endsWith('/why') && asked.push(request.url()))
  await open('?mentions=1')
  const box = await openWhy(page)
  await expect(box.locator('h4', { hasText: 'What was looked up' })).toBeVisible()
  await expect(box.locator('.weight').first()).toBeVisible()
  const map = await page.locator('#map').boundingBox()
  await expect.poll(async () => (await page.locator('.leaflet-popup').boundingBox()).y).toBeGreaterThanOrEqual(map.y)
  expect(asked.length).toBe(1)
  await box.locator('summary').click()
  await box.locator('summary').click()
  expect(asked.length).toBe(1)
})

test('the answer and its reasons speak the language of the page', async ({ open, page }) => {
  await open('?mentions=1&ui=ar')
  const box = await openWhy(page)
  await expect(box.locator('h4', { hasText: 'ما بُحث عنه' })).toBeVisible()
  await expect(box.locator('ul.reasons li').first()).toContainText(/\p{Script=Arabic}/u)
  await expect(box).not.toContainText('why.')
})

test('a why that does not come is said, and can be asked again', async ({ page, baseURL }) => {
  let is_down = true
  await page.route('**/why', (route) => (is_down ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ title: 'Error', status: 500, detail: 'the store is locked' }) }) : route.continue()))
  await page.goto(`${baseURL}/?mentions=1`)
  await page.waitForSelector('html[data-ready]')
  const box = await openWhy(page)
  await expect(box).toContainText('the store is locked')
  is_down = false
  await box.locator('summary').click()
  await box.locator('summary').click()
  await expect(box.locator('h4').first()).toBeVisible()
})
