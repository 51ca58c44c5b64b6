// Nothing that axe-core calls serious or critical, in each view and language, on a desk and on a phone.
const fs = require('node:fs')
const { test, expect } = require('./page.js')

const AXE = fs.readFileSync(require.resolve('../../web/node_modules/axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function serious(page) {
  await page.evaluate(AXE)
  const found = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), RULES)
  return found.violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

/** What is looked at, and how one comes there. */
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
  }],
  judging: ['ambush', async (page) => {
    await page.locator('.leaflet-popup .judge button').nth(1).press('Enter')
    await expect(page.locator('#judge-form')).toBeVisible()
  }],
  place: ['', async (page) => {
    await page.locator('#add-place').press('Enter')
    await page.keyboard.press('Enter')
    await expect(page.locator('#place-form')).toBeVisible()
  }],
}

for (const [size, viewport] of Object.entries({ desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
  test.describe(`on a ${size}`, () => {
    // Three languages a test; axe-core alone takes seconds each on a machine that also builds.
    test.describe.configure({ timeout: 180_000 })
    test.use({ viewport })
    for (const [view, [query, go]] of Object.entries(VIEWS)) {
      test(`${view} has no serious findings in any language, light and dark`, async ({ open, page, incidents }) => {
        const { id } = incidents.find(({ properties }) => properties.report_id === 'ambush-ar')
        for (const ui of ['ar', 'en', 'fr']) {
          await page.emulateMedia({ colorScheme: ui === 'en' ? 'dark' : 'light' })
          await open(query === 'ambush' ? `?ui=${ui}&incident=${id}` : `${query || '?'}&ui=${ui}`.replace('?&', '?'))
          await go(page)
          expect(await serious(page), `${view} ${ui}`).toEqual([])
        }
      })
    }
  })
}
