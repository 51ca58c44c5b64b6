// Nothing that axe-core calls serious or critical, in each view and language, on a desk and on a phone.
const fs = require('node:fs')
const { test, expect } = require('./page.js')

const AXE = fs.readFileSync(require.resolve('../../web/node_modules/axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What is wrong with the page, or with a part of it. */
async function serious(page, part) {
  const found = await page.evaluate(([values, part]) => window.axe.run(part ?? document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), [RULES, part])
  return found.violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** What is looked at: the address, how one comes there, and the part that is new there; what lies around it is that of the list. */
const VIEWS = {
  list: ['', async () => {}],
  popup: ['ambush', async (page) => expect(page.locator('.leaflet-popup .corroboration table')).toBeVisible()],
  reader: ['?report=01-talataye-ar.txt', async (page) => {
    await expect(page.locator('#report mark').first()).toBeVisible()
    await page.keyboard.press('n')
  }],
  intake: ['', async (page) => {
    await page.locator('#add-report').click()
    await page.locator('#intake input[type=file]').setInputFiles([{ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a') }])
    await page.locator('#intake [type=submit]').click()
    await expect(page.locator('#intake .problem')).toBeVisible()
  }, '#intake'],
  judging: ['ambush', async (page) => {
    await page.locator('.leaflet-popup .judge button').nth(1).press('Enter')
    await expect(page.locator('#judge-form')).toBeVisible()
  }, '#judge-form'],
  token: ['ambush', async (page) => {
    await page.route(/\/api\//, (route, request) => (request.method() === 'GET' ? route.continue() : route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify({ status: 401, detail: 'this needs a token: Authorization: Bearer …' }) })))
    await page.locator('.leaflet-popup .judge button').first().press('Enter')
    await expect(page.locator('#token-form')).toContainText('this needs a token')
  }, '#token-form'],
  out: ['?event_type=Battles', async (page) => {
    await page.locator('#out-open').click()
    await page.locator('#out .files a').first().waitFor()
    await page.locator('#out section:has(textarea) button').first().click()
    await expect(page.locator('#out textarea').first()).toHaveValue(/[0-9a-f]{64}/)
  }, '#out'],
  sheet: ['', async (page) => {
    await page.locator('#out-open').click()
    await page.locator('#out .buttons button').nth(1).click()
    await expect(page.locator('#sheet tbody tr').first()).toBeVisible()
  }, '#sheet'],
  'the gazetteer, searched,': ['', async (page) => {
    await page.locator('#gazetteer-open').click()
    await page.locator('#drawer input').fill('Gao')
    await page.locator('#drawer .found li button').first().press('Enter')
    await expect(page.locator('#drawer .found form')).toBeVisible()
  }, '#drawer'],
  'the queue of unknown names': ['', async (page) => {
    await page.locator('#gazetteer-open').click()
    await page.locator('#tab-queue').click()
    await page.locator('#drawer details summary').first().click()
    await expect(page.locator('#drawer blockquote mark').first()).toBeVisible()
  }, '#drawer'],
  'the history of the gazetteer': ['', async (page) => {
    await page.locator('#gazetteer-open').click()
    await page.locator('#tab-history').click()
    await expect(page.locator('#drawer .tab p, #drawer .tab li').first()).toBeVisible()
  }, '#drawer'],
  'the files of the gazetteer': ['', async (page) => {
    await page.locator('#gazetteer-open').click()
    await page.locator('#tab-files').click()
    await expect(page.locator('#drawer .files a').first()).toBeVisible()
  }, '#drawer'],
  'a known place beside a new one': ['?map=6/2/16', async (page) => {
    await page.locator('#add-place').press('Enter')
    await page.keyboard.press('Enter')
    await page.locator('#place-form [name=name]').fill('Talatayt')
    await page.locator('#place-form [name=coordinates]').fill('16.532, 1.515')
    await expect(page.locator('#place-form .answer button').first()).toBeVisible()
  }, '#place-form'],
  place: ['', async (page) => {
    await page.locator('#add-place').press('Enter')
    await page.keyboard.press('Enter')
    await expect(page.locator('#place-form')).toBeVisible()
  }, '#place-form'],
}

for (const [size, viewport] of Object.entries({ desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
  test.describe(`on a ${size}`, () => {
    // Three languages a test; axe-core alone takes seconds each on a machine that also builds.
    test.describe.configure({ timeout: 180_000 })
    test.use({ viewport })
    for (const [view, [query, go, part]] of Object.entries(VIEWS)) {
      test(`${view} has no serious findings in any language, light and dark`, async ({ page, baseURL, incidents }) => {
        const { id } = incidents.find(({ properties }) => properties.report_id === 'ambush-ar')
        for (const ui of ['ar', 'en', 'fr']) {
          await page.unrouteAll()
          await page.emulateMedia({ colorScheme: 'light' })
          await page.goto(`${baseURL}/${query === 'ambush' ? `?incident=${id}` : query || '?'}&ui=${ui}`.replace('?&', '?'))
          await page.waitForSelector('html[data-ready]')
          await go(page)
          await page.evaluate(AXE)
          // axe-core knows nothing of the top layer: without this it would judge no colour in a window.
          await page.addStyleTag({ content: 'dialog:modal { z-index: 5000 }' })
          for (const colorScheme of ['light', 'dark']) {
            // Without motion colours change at once.
            await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
            expect.soft(await serious(page, part), `${view}, ${ui}, ${colorScheme}`).toEqual([])
          }
        }
      })
    }
  })
}
