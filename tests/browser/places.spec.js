// "Add a place here": the map changes while one looks.
const { test, expect } = require('./page.js')

/** Named in a report of reports/, in no gazetteer. */
const VILLAGE = 'تنكاراسوت'

test('a place added by a click puts the incident that it names on the map at once, and takes it away again', async ({ open, page, incidents }) => {
  const { id } = incidents.find(({ group, properties }) => group === 'unlocated' && properties.report_id === 'village-ar')
  await open('?map=6/2/16')
  const before = await page.locator('path.mark').count()
  await expect(page.locator(`#list .unlocated [data-id="${id}"]`)).toBeVisible()
  await page.getByRole('button', { name: 'Add a place' }).click()
  await expect(page.locator('#add-hint')).toBeVisible()
  await page.locator('#map').click({ position: { x: 120, y: 300 } })
  await page.getByLabel('Name').fill(VILLAGE)
  await page.getByLabel('Other spellings').fill('Tinkarassout\nTin Karassout')
  await page.getByLabel('Kind').selectOption('village')
  const posted = page.waitForRequest((request) => request.method() === 'POST' && !request.url().includes('dry_run'))
  const answered = page.waitForResponse((response) => response.request().method() === 'POST' && !response.url().includes('dry_run'))
  await page.getByRole('button', { name: 'Save' }).click()
  const feature = (await posted).postDataJSON()
  expect((await posted).headers()['content-type']).toBe('application/geo+json')
  expect(feature.properties).toMatchObject({ name: VILLAGE, feature: 'PPL' })
  expect(feature.properties.names).toHaveLength(3)
  const answer = await answered
  expect(answer.status()).toBe(201)
  expect((await answer.json()).changed).toMatchObject({ incidents_moved: 1 })
  await expect(page.locator('#notice')).toContainText(VILLAGE)
  await expect(page.locator('#notice')).toContainText('1 incident moved')
  await expect(page.locator('path.mark')).toHaveCount(before + 1)
  await expect(page.locator(`path.mark[data-id="${id}"]`)).toBeVisible()
  await expect(page.locator(`#list .drawn [data-id="${id}"]`)).toContainText(VILLAGE)
  await expect(page.locator('#places')).toContainText(VILLAGE)
  // The server's own word of the change has come by now and must not have wiped the notice away.
  await page.waitForTimeout(600)
  await expect(page.locator('#notice')).toContainText(VILLAGE)
  await page.locator('#places summary').click()
  await page.getByRole('button', { name: `Delete ${VILLAGE}` }).click()
  await expect(page.locator('#places')).toBeHidden()
  await expect(page.locator('path.mark')).toHaveCount(before)
  await expect(page.locator(`#list .unlocated [data-id="${id}"]`)).toBeVisible()
})

test('a place that no report names changes nothing and says so', async ({ open, page }) => {
  await open()
  await page.getByRole('button', { name: 'Add a place' }).press('Enter')
  await page.keyboard.press('Enter')
  await page.getByLabel('Name').fill('Qwertystan')
  await page.keyboard.press('Enter')
  await expect(page.locator('#notice')).toContainText('no report mentions it yet')
  await page.locator('#places summary').click()
  await page.getByRole('button', { name: 'Delete Qwertystan' }).click()
  await expect(page.locator('#places')).toBeHidden()
})

test('with the keyboard, Enter takes the middle of the map and Escape leaves', async ({ open, page }) => {
  await open('?map=6/2/16')
  await page.getByRole('button', { name: 'Add a place' }).press('Enter')
  await expect(page.locator('#map')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('#add-hint')).toBeHidden()
  await page.getByRole('button', { name: 'Add a place' }).press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Name')).toBeFocused()
  expect(Number(await page.getByLabel('Longitude').inputValue())).toBeCloseTo(2, 1)
  expect(Number(await page.getByLabel('Latitude').inputValue())).toBeCloseTo(16, 1)
})

test('what the server refuses is said in the form, which keeps what was typed', async ({ page, open }) => {
  await open()
  // The browser logs an answer of 400 as an error, which it is not here.
  page.removeAllListeners('console')
  await page.getByRole('button', { name: 'Add a place' }).press('Enter')
  await page.keyboard.press('Enter')
  await page.getByLabel('Name').fill('x')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'a name of two letters or more' })).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue('x')
})
