// The gazetteer beside the map: search, coordinates, unknown names, history, files.
const { buildSync } = require('../../web/node_modules/esbuild')
const { readFileSync, writeFileSync } = require('node:fs')
const { test, expect } = require('./page.js')

const PHONE = { width: 390, height: 780 }
const DESKTOP = { width: 1280, height: 800 }
const WORDS = {
  en: { open: 'Gazetteer', queue: 'Unknown names', history: 'History', files: 'Files', add: 'Add this place', reject: 'Not a place', undo: 'Take back' },
  ar: { open: 'دليل الأماكن', queue: 'أسماء مجهولة', history: 'السجل', files: 'ملفات', add: 'أضف هذا المكان', reject: 'ليس مكانا', undo: 'تراجع' },
}
/** Named in a report of reports/, in no gazetteer. */
const VILLAGE = 'تنكاراسوت'

/** Opens one leaf of the gazetteer. */
async function gazetteer({ open, page }, ui, leaf, query = '') {
  await open(`?ui=${ui}${query}`)
  await page.getByRole('button', { name: WORDS[ui].open, exact: true }).click()
  if (leaf) await page.getByRole('tab', { name: WORDS[ui][leaf] }).click()
  return page.locator('#drawer')
}

test('coordinates are read as people paste them', () => {
  const out = test.info().outputPath('coordinates.cjs')
  buildSync({ entryPoints: [require.resolve('../../web/coordinates.js')], bundle: true, format: 'cjs', outfile: out, logLevel: 'error' })
  const { parse } = require(out)
  const damascus = [36.2765, 33.5138]
  // What it says, longitude, latitude, and within how many degrees; places and codes are those of public gazetteers and specifications.
  const cases = [
    ['33.5138, 36.2765', ...damascus, 1e-6], ['33,5138 36,2765', ...damascus, 1e-6], ['33,5138; 36,2765', ...damascus, 1e-6], ['36.2765E 33.5138N', ...damascus, 1e-6],
    ['٣٣٫٥١٣٨، ٣٦٫٢٧٦٥', ...damascus, 1e-6], ['geo:33.5138,36.2765', ...damascus, 1e-6], ['https://maps.example/@33.5138,36.2765,15z', ...damascus, 1e-6],
    ['33°30\'49.7"N 36°16\'35.4"E', ...damascus, 1e-4], ['N 33° 30′ 49.7″, E 36° 16′ 35.4″', ...damascus, 1e-4], ["33°30.828'N 36°16.59'E", ...damascus, 1e-4], ['33 30 49.7 36 16 35.4', ...damascus, 1e-4],
    ['٣٣°٣٠′٤٩٫٧″ ش ٣٦°١٦′٣٥٫٤″ ق', ...damascus, 1e-4], ['خط العرض 33.5138 شمالا وخط الطول 36.2765 شرقا', ...damascus, 1e-6], ['٥٫٥ ج ١٢٫٢٥ غ', -12.25, -5.5, 1e-6],
    ['12°22′ Nord, 1°31′ Ouest', -1.5167, 12.3667, 1e-4], ['12,3667 N 1,5167 O', -1.5167, 12.3667, 1e-4], ['-12.5 43.2', 43.2, -12.5, 1e-6],
    ['31UDQ 48251 11932', 2.2945, 48.8582, 1e-4], ['31UDQ4825111932', 2.2945, 48.8582, 1e-4],
    ['8FVC9G8F+6X', 8.524997, 47.36559, 1e-4], ['7FG49Q00+', 2.775, 20.375, 1e-6],
  ]
  for (const [text, lon, lat, near] of cases) {
    const found = parse(text)
    expect(found, text).not.toBeNull()
    expect(Math.abs(found.lon - lon), `${text}: ${found.lon}`).toBeLessThanOrEqual(near)
    expect(Math.abs(found.lat - lat), `${text}: ${found.lat}`).toBeLessThanOrEqual(near)
  }
  for (const text of ['', 'Gao', '40.7', '91 200', '33°61′N 36°E', '3 N 4 N', '9G8F+6X', '31UDQ48251', '31IDQ4825111932', '2022-09-06 12:30', '1 2 3 4 5', '<img src=x>', 'قرية 33.5 قرب 36.2', '1'.repeat(500)]) expect(parse(text), text).toBeNull()
})

for (const [ui, viewport] of [['en', DESKTOP], ['ar', DESKTOP], ['en', PHONE], ['ar', PHONE]]) {
  test.describe(`${ui}, ${viewport.width} pixels`, () => {
    test.use({ viewport })

    test('a place is found in a spelling that nobody recorded, numbered in list and map', async ({ open, page }) => {
      const drawer = await gazetteer({ open, page }, ui)
      await drawer.locator('input').fill('تلاتايت')
      const first = drawer.locator('.found li').first()
      await expect(first).toContainText(ui === 'ar' ? 'تلاتاي' : 'Télataye')
      await expect(page.locator('.pin').first()).toHaveText(/\S/)
      await first.getByRole('button').first().press('Enter')
      await expect(first).toContainText('geonames:2449990')
      await expect(first).toContainText('تلاتاي')
      // Shown where the drawer does not lie over it.
      const pin = await page.locator('.pin').first().boundingBox()
      const over = await drawer.boundingBox()
      expect(pin.x + pin.width <= over.x || pin.x >= over.x + over.width || pin.y + pin.height <= over.y + 4).toBe(true)
      await page.keyboard.press('Escape')
      await expect(drawer).toBeHidden()
      await expect(page.locator('.pin')).toHaveCount(0)
      await expect(page.getByRole('button', { name: WORDS[ui].open, exact: true })).toBeFocused()
    })

    test('an unknown name stands in the queue with its sentence, is rejected, and comes back', async ({ open, page }) => {
      const drawer = await gazetteer({ open, page }, ui, 'queue')
      const name = drawer.locator('details', { hasText: VILLAGE })
      await name.locator('summary').press('Enter')
      await expect(name.locator('blockquote mark')).toHaveText(VILLAGE)
      await name.getByRole('button', { name: WORDS[ui].reject }).press('Enter')
      await expect(page.locator('#notice')).toContainText(VILLAGE)
      await expect(drawer.getByRole('tab', { name: WORDS[ui].queue })).toHaveAttribute('aria-selected', 'true')
      await expect(drawer).not.toContainText(VILLAGE)
      await page.locator('#notice').getByRole('button', { name: WORDS[ui].undo }).press('Enter')
      await drawer.getByRole('tab', { name: WORDS[ui].history }).click()
      await drawer.getByRole('tab', { name: WORDS[ui].queue }).click()
      await expect(drawer.locator('summary', { hasText: VILLAGE })).toBeVisible()
    })

    test('an unknown name becomes a place by pasted coordinates, and the history takes it back', async ({ open, page, incidents }) => {
      const { id } = incidents.find(({ group, properties }) => group === 'unlocated' && properties.report_id === 'village-ar')
      const drawer = await gazetteer({ open, page }, ui, 'queue', '&map=6/2/16')
      const name = drawer.locator('details', { hasText: VILLAGE })
      await name.locator('summary').press('Enter')
      await name.getByRole('button', { name: WORDS[ui].add }).press('Enter')
      await expect(page.locator('#map')).toBeFocused()
      await page.keyboard.press('Enter')
      const form = page.locator('#place-form')
      await expect(form.locator('[name=name]')).toHaveValue(VILLAGE)
      await form.locator('[name=coordinates]').fill('١٦°٣٠′ ش ١°٢٤′ ق')
      await expect(form.locator('[name=lat]')).toHaveValue('16.5')
      await expect(form.locator('[name=lon]')).toHaveValue('1.4')
      // What it would do is said before it is done.
      await expect(form.locator('.preview')).toContainText(VILLAGE)
      await form.locator('[type=submit]').press('Enter')
      await expect(page.locator('#notice')).toContainText(VILLAGE)
      await expect(page.locator(`path.mark[data-id="${id}"]`)).toBeVisible()
      // It waits for a place no longer.
      await expect(page.locator('#drawer summary', { hasText: VILLAGE })).toHaveCount(0)
      if (await drawer.isHidden()) await page.getByRole('button', { name: WORDS[ui].open, exact: true }).click()
      await drawer.getByRole('tab', { name: WORDS[ui].history }).click()
      await drawer.locator('li', { hasText: VILLAGE }).getByRole('button').first().press('Enter')
      await expect(page.locator(`path.mark[data-id="${id}"]`)).toHaveCount(0)
      await expect(page.locator('#places')).toBeHidden()
    })
  })
}

test('coordinates that cannot be read are said, and a known place nearby is named', async ({ open, page }) => {
  await open('?map=6/2/16')
  await page.getByRole('button', { name: 'Add a place' }).press('Enter')
  await page.keyboard.press('Enter')
  const form = page.locator('#place-form')
  await form.locator('[name=name]').fill('Talatayt')
  await form.locator('[name=coordinates]').fill('somewhere north')
  await expect(form.locator('[name=coordinates]')).toHaveAttribute('aria-invalid', 'true')
  await expect(form).toContainText('no coordinates that can be read')
  await form.locator('[name=coordinates]').fill('16°31′54″N 1°30′55″E')
  await expect(form.locator('.answer')).toContainText('A place nearby has nearly this name')
  await expect(form.locator('.answer')).toContainText('Télataye')
  await expect(form.locator('.answer')).toContainText('Mali')
  await form.locator('summary').click()
  await form.locator('.suggestions button').first().click()
  await expect(form.locator('[name=name_ar]')).toHaveValue(/^\p{Script=Arabic}+$/u)
  await page.keyboard.press('Escape')
})

for (const ui of ['en', 'ar']) {
  test(`places go in from a file after a look at what they do, and out again, ${ui}`, async ({ open, page, request, baseURL }, info) => {
    const drawer = await gazetteer({ open, page }, ui, 'files')
    const path = info.outputPath('villages.csv')
    writeFileSync(path, `name,lat,lon,feature\n${VILLAGE},16.5,1.4,PPL\nNowhere,99,1.4,PPL\n`)
    await drawer.locator('input[type=file]').setInputFiles(path)
    await expect(drawer.locator('.refused')).toContainText('villages.csv:3')
    expect((await (await request.get(`${baseURL}/api/collections/places/items`)).json()).numberMatched).toBe(0)
    await drawer.locator('button.primary').click()
    await expect(page.locator('#notice')).toContainText(ui === 'ar' ? 'حُفظ مكان واحد' : '1 place saved')
    await expect(page.locator('#places')).toContainText(VILLAGE)
    const saving = page.waitForEvent('download')
    await drawer.locator('.files a').first().click()
    const saved = info.outputPath('out.csv')
    await (await saving).saveAs(saved)
    expect(readFileSync(saved, 'utf8')).toContain(VILLAGE)
    await page.locator('#notice').getByRole('button', { name: WORDS[ui].undo }).press('Enter')
    await expect(page.locator('#places')).toBeHidden()
  })
}

test('a spelling is added to a known place, and taken back', async ({ open, page, request, baseURL }) => {
  const drawer = await gazetteer({ open, page }, 'en')
  await drawer.locator('input').fill('Télataye')
  const first = drawer.locator('.found li').first()
  await first.getByRole('button').first().click()
  await first.getByLabel('Another spelling of it').fill('Tallatayt')
  await first.getByRole('button', { name: 'Add it' }).click()
  await expect(page.locator('#notice')).toContainText('Tallatayt')
  const names = async () => (await (await request.get(`${baseURL}/api/collections/places/items/geonames:2449990`)).json()).properties.names.map(({ name }) => name)
  expect(await names()).toContain('Tallatayt')
  await page.locator('#notice').getByRole('button', { name: 'Take back' }).click()
  await expect.poll(names).not.toContain('Tallatayt')
})

for (const [ui, viewport] of [['en', DESKTOP], ['ar', PHONE]]) {
  test.describe(`a place that is known already, ${ui}, ${viewport.width} pixels`, () => {
    test.use({ viewport })

    test('one press takes the known place instead of a new one, with the name as one more spelling of it', async ({ open, page, request, baseURL }) => {
      const placeOf = async () => (await (await request.get(`${baseURL}/api/collections/places/items/geonames:2449990`)).json()).properties.names.map(({ name }) => name)
      await open(`?ui=${ui}&map=6/2/16`)
      await page.locator('#add-place').press('Enter')
      await page.keyboard.press('Enter')
      const form = page.locator('#place-form')
      await form.locator('[name=name]').fill('Talatayt')
      await form.locator('[name=coordinates]').fill('16.532, 1.515')
      const take = form.locator('.answer .problem button')
      await expect(take).toHaveAccessibleName(/Télataye/)
      expect(await placeOf()).not.toContain('Talatayt')
      await take.first().press('Enter')
      await expect(form).toBeHidden()
      await expect(page.locator('#notice')).toContainText('Talatayt')
      await expect(page.locator('#notice')).toContainText('Télataye')
      expect(await placeOf()).toContain('Talatayt')
      // No place of one's own came of it.
      await expect(page.locator('#places button', { hasText: 'Talatayt' })).toHaveCount(0)
      await page.locator('#notice').getByRole('button', { name: WORDS[ui].undo }).press('Enter')
      await expect.poll(placeOf).not.toContain('Talatayt')
    })

    test('the form says what the place lies in, and lets it belong to a place nearby', async ({ open, page, request, baseURL }) => {
      await open(`?ui=${ui}&map=6/2/16`)
      await page.locator('#add-place').press('Enter')
      await page.keyboard.press('Enter')
      const form = page.locator('#place-form')
      await form.locator('[name=name]').fill('Kerboubou')
      await form.locator('[name=coordinates]').fill('16.535, 1.52')
      const parent = form.locator('[name=parent]')
      await expect(parent.locator('option').first()).toContainText(/Gao/)
      await expect(parent).toHaveValue('')
      await expect(parent.locator('option[value="geonames:2449990"]')).toHaveCount(1)
      // What is hours away is no parent.
      await expect(parent.locator('option')).toHaveCount(2)
      await parent.selectOption('geonames:2449990')
      await form.locator('[name=note]').fill('north of the wells')
      await expect(form.locator('.preview')).toBeVisible()
      await form.locator('[type=submit]').press('Enter')
      await expect(page.locator('#notice')).toContainText('Kerboubou')
      const { features } = await (await request.get(`${baseURL}/api/collections/places/items`)).json()
      expect(features.find(({ properties }) => properties.name === 'Kerboubou').properties.parent).toBe('geonames:2449990')
      await page.locator('#notice').getByRole('button', { name: WORDS[ui].undo }).press('Enter')
      await expect(page.locator('#places')).toBeHidden()
    })
  })
}
