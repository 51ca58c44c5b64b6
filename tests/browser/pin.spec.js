// Deciding what a name means: candidates on the map, a scope, a look at what would move, and the way back.
const { test, expect } = require('./page.js')

const PHONE = { width: 390, height: 780 }
const DESKTOP = { width: 1280, height: 800 }
const WORDS = { en: { save: 'Save', undo: 'Take back', none: 'Not a place', new: 'A new place' }, ar: { save: 'حفظ', undo: 'تراجع', none: 'ليس مكانا', new: 'مكان جديد' } }

/** Opens «why» of a mention on its spot. */
async function why({ open, page, mention }, ui) {
  const [lon, lat] = mention.geometry.coordinates
  await open(`?ui=${ui}&mentions=1&map=13/${lon}/${lat}`)
  // The spot in the middle of the map; by script, since marks of incidents may lie beside it.
  await page.locator('.mention').evaluateAll((spots) => {
    const { x, y, width, height } = document.getElementById('map').getBoundingClientRect()
    const away = (spot) => Math.hypot(spot.getBoundingClientRect().x - x - width / 2, spot.getBoundingClientRect().y - y - height / 2)
    spots.sort((a, b) => away(a) - away(b))[0].click()
  })
  const box = page.locator('.leaflet-popup li', { hasText: mention.properties.text }).locator('details.why').first()
  await box.locator('summary').press('Enter')
  await box.locator('.deciding').waitFor()
  return box
}

const found = test.extend({
  /** A mention that could mean several places. */
  mention: async ({ request, baseURL }, use) => {
    const { features } = await (await request.get(`${baseURL}/api/collections/mentions/items?text=Ansongo&kind=literal`)).json()
    await use(features[0])
  },
})

for (const [ui, viewport] of [['en', DESKTOP], ['ar', DESKTOP], ['en', PHONE], ['ar', PHONE]]) {
  found.describe(`${ui}, ${viewport.width} pixels`, () => {
    found.use({ viewport })

    found('a name is no place in its report after a look at what would move, and is one again', async ({ open, page, mention, request, baseURL }) => {
      const place = async () => (await (await request.get(`${baseURL}/api/collections/mentions/items?text=Ansongo&report_id=${encodeURIComponent(mention.properties.report_id)}`)).json()).features[0]?.properties.place_id ?? null
      const box = await why({ open, page, mention }, ui)
      expect(await place()).not.toBeNull()
      await box.getByRole('button', { name: WORDS[ui].none }).press('Enter')
      await expect(box.locator('.preview')).toContainText('Ansongo')
      await box.locator('select').selectOption('report')
      await expect(box.locator('.preview')).toContainText('Ansongo')
      // Nothing is saved by looking.
      expect(await place()).not.toBeNull()
      await box.getByRole('button', { name: WORDS[ui].save, exact: true }).press('Enter')
      await expect(page.locator('#notice')).toContainText('Ansongo')
      expect(await place()).toBeNull()
      await page.locator('#notice').getByRole('button', { name: WORDS[ui].undo }).press('Enter')
      await expect.poll(place).not.toBeNull()
    })

    found('every candidate is numbered on the map, and one press takes another', async ({ open, page, mention, request, baseURL }) => {
      const { candidates } = await (await request.get(`${baseURL}/api/collections/mentions/items/${mention.id}/why`)).json()
      expect(candidates.length).toBeGreaterThan(1)
      const box = await why({ open, page, mention }, ui)
      await expect(page.locator('.pin')).toHaveCount(Math.min(8, candidates.length))
      await box.locator('button.pin-number').nth(1).press('Enter')
      await expect(box.locator(`[data-choice="${candidates[1].id}"]`)).toHaveAttribute('aria-pressed', 'true')
      await expect(page.locator('.pin.chosen')).toHaveCount(1)
      await expect(box.locator('.preview')).toContainText(candidates[1].name)
      await box.locator('summary').press('Enter')
      await expect(page.locator('.pin')).toHaveCount(0)
      await expect(box).not.toContainText(/pin\.|scope\./)
    })
  })
}

found('a new place is dropped for a name, the name goes there, and both are taken back', async ({ open, page, mention, request, baseURL }) => {
  const box = await why({ open, page, mention }, 'en')
  await box.locator('select').selectOption('report')
  await box.getByRole('button', { name: WORDS.en.new }).press('Enter')
  await expect(page.locator('#map')).toBeFocused()
  await page.keyboard.press('Enter')
  const form = page.locator('#place-form')
  await expect(form.locator('[name=name]')).toHaveValue('Ansongo')
  await form.locator('[name=coordinates]').fill('15.9, 0.9')
  await form.locator('[type=submit]').press('Enter')
  await expect(page.locator('#notice')).toContainText('Ansongo')
  const place = async () => (await (await request.get(`${baseURL}/api/collections/mentions/items?text=Ansongo&report_id=${encodeURIComponent(mention.properties.report_id)}`)).json()).features[0].properties.place_id
  expect(await place()).toMatch(/^user:/)
  await page.locator('#notice').getByRole('button', { name: 'Take back' }).press('Enter')
  await expect.poll(place).toBe(mention.properties.place_id)
  const { numberMatched } = await (await request.get(`${baseURL}/api/collections/places/items`)).json()
  expect(numberMatched).toBe(0)
})
