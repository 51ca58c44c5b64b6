// Where the server asks for a token, the page does: once, for this tab, and says under whose name it writes.
const { test, expect } = require('./page.js')

const TOKEN = 'dalil_of_the_mobile_team'

/** A server that lets nobody write but the bearer of TOKEN. */
async function guard(page) {
  await page.route(/\/api\//, async (route, request) => {
    if (request.method() === 'GET') return route.continue()
    const given = await request.headerValue('authorization')
    const refuse = (status, detail) => route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, detail }) })
    if (!given) return refuse(401, 'this needs a token: Authorization: Bearer …')
    if (given === 'Bearer dalil_reader') return refuse(403, 'a token for a reader cannot change anything, expected one for an editor')
    if (given !== `Bearer ${TOKEN}`) return refuse(401, 'the token is not known here, or was taken back')
    if (request.url().endsWith('/api/bearer')) return route.fulfill({ json: { name: 'فريق <b>mobile</b>' } })
    await route.continue({ headers: { ...request.headers(), authorization: '' } })
  })
}

for (const ui of ['en', 'ar']) {
  test(`a refused change asks for the token, is done with it, and the token can be left; ${ui}`, async ({ page, baseURL, incidents }) => {
    await guard(page)
    const { id } = incidents.find(({ group, properties }) => group === 'drawn' && properties.report_id === 'protest-fr')
    await page.goto(`${baseURL}/?ui=${ui}&incident=${id}`)
    const card = page.locator('.leaflet-popup .card')
    const confirm = card.locator('.judge button').first()
    await confirm.press('Enter')
    const dialog = page.locator('#token-form')
    await expect(dialog.locator('input')).toBeFocused()
    await expect(dialog).toContainText('this needs a token')
    for (const [wrong, told] of [['dalil_reader', 'expected one for an editor'], ['nonsense', 'is not known here']]) {
      await dialog.locator('input').fill(wrong)
      await page.keyboard.press('Enter')
      await expect(dialog).toContainText(told)
    }
    await dialog.locator('input').fill(TOKEN)
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.locator('#bearer')).toContainText('فريق <b>mobile</b>')
    await expect(page.locator('#notice p')).toBeVisible()
    await expect(card.locator('.judge .aside')).toBeVisible()
    // It is kept for this tab, nowhere else, and is in no address.
    expect(page.url()).not.toContain(TOKEN)
    expect(await page.evaluate(() => [localStorage.length, document.cookie, Object.values({ ...sessionStorage })])).toEqual([0, '', [TOKEN]])
    await page.reload()
    await expect(page.locator('#bearer')).toContainText('mobile')
    await card.locator('.judge button').last().press('Enter')
    await expect(card.locator('.judge .aside')).toHaveCount(0)
    await page.locator('#bearer button').click()
    await expect(page.locator('#bearer')).toBeHidden()
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
  })
}

test('who has no token leaves it, and is told that nothing was saved', async ({ page, baseURL, incidents }) => {
  await guard(page)
  const { id } = incidents.find(({ group, properties }) => group === 'drawn' && properties.report_id === 'protest-fr')
  await page.goto(`${baseURL}/?incident=${id}`)
  const confirm = page.locator('.leaflet-popup .card').getByRole('button', { name: 'It is right' })
  await confirm.press('Enter')
  await page.locator('#token-form').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.locator('#notice')).toContainText('this needs a token')
  await expect(confirm).toBeFocused()
})
