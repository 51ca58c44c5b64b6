// Many incidents: painted from the server's tiles, opened by a click, reached by keyboard through the list.
const { test, expect, marksOf, rowOf } = require('./page.js')

/** Lets the page believe that there are many, so that it paints the tiles, which are the server's own. */
async function crowd(page) {
  await page.route('**/api/collections/incidents/items?**', async (route) => {
    try {
      const answer = await route.fetch()
      const body = await answer.json()
      if (new URL(route.request().url()).searchParams.get('filter') === 'geometry IS NOT NULL') body.numberMatched += 10_000
      await route.fulfill({ response: answer, json: body })
    } catch {
      // The test has ended, and nobody waits for the answer.
    }
  })
}

/** Moves the pointer over the map until something painted answers that says this; gives where. */
async function find(page, words) {
  const at = await page.evaluate(([source]) => {
    const map = document.getElementById('map')
    const { left, top, width, height } = map.getBoundingClientRect()
    for (let y = top + 20; y < top + height - 20; y += 6) {
      for (let x = left + 60; x < left + width - 20; x += 6) {
        if (!document.elementFromPoint(x, y)?.closest('#map')) continue
        map.dispatchEvent(new MouseEvent('mousemove', { clientX: x, clientY: y, bubbles: true }))
        if (new RegExp(source).test(document.querySelector('.leaflet-tooltip')?.textContent ?? '')) return [x, y]
      }
    }
    return null
  }, [words.source])
  expect(at, `something painted says ${words}`).not.toBeNull()
  return at
}

for (const [ui, several] of [['en', /^(\d+) incidents/], ['ar', /^(حادثان|\d+ (حوادث|حادثا|حادث))/]]) {
  test(`clusters of the tiles are painted, counted and opened by a click (${ui})`, async ({ open, page, incidents }) => {
    await crowd(page)
    await open(`?ui=${ui}&map=3/4/20`)
    await expect(page.locator('path.mark')).toHaveCount(0)
    const drawn = incidents.filter(({ group }) => group === 'drawn').length
    const marks = Number(await page.locator('#stage').getAttribute('data-marks'))
    expect(marks).toBeGreaterThan(0)
    expect(marks).toBeLessThan(drawn)
    const [x, y] = await find(page, several)
    await page.mouse.click(x, y)
    await expect(page).toHaveURL(/map=5\//)
    await expect.poll(async () => Number(await page.locator('#stage').getAttribute('data-marks'))).toBeGreaterThan(0)
  })
}

test('a single incident among many is named, opened and selected', async ({ open, page, incidents }) => {
  const alone = incidents.find(({ group, properties }) => group === 'drawn' && properties.report_id === 'protest-fr' && properties.geo_precision === 1)
  await crowd(page)
  await open(`?map=11/${alone.properties.lon}/${alone.properties.lat}`)
  const [x, y] = await find(page, /Peaceful protest/)
  await page.mouse.click(x, y)
  await expect(page.locator('.leaflet-popup .card')).toBeVisible()
  await expect(rowOf(page, alone.id)).toHaveClass(/selected/)
})

test('a row lifts its mark out of the painted ones, and the keyboard opens it', async ({ open, page, incidents }) => {
  const { id } = incidents.find(({ group }) => group === 'drawn')
  await crowd(page)
  await open()
  await expect(page.locator('path.mark')).toHaveCount(0)
  await rowOf(page, id).focus()
  await expect(page.locator(`path.mark.hovered[data-id="${id}"]`).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.locator('.leaflet-popup .card')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(rowOf(page, id)).toBeFocused()
})

test('what the tiles count is what the filters let through', async ({ open, page, incidents }) => {
  const asked = []
  page.on('request', (request) => request.url().includes('/api/tiles/incidents/') && asked.push(new URL(request.url()).searchParams))
  await crowd(page)
  await open('?map=3/4/20&event_type=Battles&killed_best=5..')
  await expect.poll(() => asked.length).toBeGreaterThan(0)
  expect(incidents.length).toBeGreaterThan(0)
  for (const query of asked) {
    expect(query.get('event_type')).toBe('Battles')
    expect(query.get('killed_best')).toBe('5..')
    expect(query.get('status')).toBe('asserted,claimed')
    expect(query.get('granularity')).toBe('incident')
  }
})

test('totals and what is known of a country alone are chips on it, never marks', async ({ open, page, incidents }) => {
  await open()
  const wide = incidents.filter(({ geometry, properties: { granularity, status, country } }) => !geometry && country && granularity !== 'background' && ['asserted', 'claimed'].includes(status))
  const countries = new Map()
  for (const { properties: { country } } of wide) countries.set(country, (countries.get(country) ?? 0) + 1)
  expect(countries.size).toBeGreaterThan(1)
  await expect(page.locator('.chip')).toHaveCount(countries.size)
  expect((await page.locator('.chip').allInnerTexts()).sort()).toEqual([...countries.values()].map((n) => `Σ ${n}`).sort())
  await page.locator('.chip').first().dispatchEvent('click')
  await page.locator('.card.pile .row').first().press('Enter')
  await expect(page.locator('.card blockquote').first()).toBeVisible()
})

test('heat is painted, areas are shaded by country and nearer by unit, with their counts', async ({ open, page, incidents }) => {
  await open('?map=4/5/18')
  await page.getByLabel('areas').check()
  const countries = new Set(incidents.filter(({ group }) => group === 'drawn' || group === 'unlocated').flatMap(({ properties: { country } }) => country ?? []))
  await expect(page.locator('path.shaded')).toHaveCount(countries.size)
  await expect(page.locator('path.mark')).toHaveCount(0)
  await expect(page).toHaveURL(/style=areas/)
  const first = page.locator('path.shaded').first()
  await first.dispatchEvent('mouseover')
  await expect(page.locator('.leaflet-tooltip')).toContainText(/: \d+ incidents?/)
  await open('?map=6/0/15&style=areas')
  const units = new Set(incidents.filter(({ group }) => group === 'drawn' || group === 'unlocated').flatMap(({ properties: { country, admin1 } }) => (admin1 ? `${country} ${admin1}` : [])))
  await expect.poll(() => page.locator('path.shaded').count()).toBeGreaterThan(units.size / 2)
  await page.getByLabel('heat').check()
  await expect(page.locator('path.shaded')).toHaveCount(0)
  await expect(page.locator('.leaflet-clusters-pane canvas')).toHaveCount(1)
  await page.getByLabel('marks').check()
  await expect(page.locator('path.mark')).toHaveCount(marksOf(incidents.filter(({ group }) => group === 'drawn')))
})

test('pictures that the command line names are drawn instead of land and borders, and credited as text', async ({ open, page }) => {
  const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
  await page.route('**/settings', (route) => route.fulfill({ json: { tiles: { url: '/pictures/{z}/{x}/{y}.png', credit: '© <b>somebody</b>' } } }))
  await page.route('**/pictures/**', (route) => route.fulfill({ contentType: 'image/png', body: PICTURE }))
  await open('?map=5/0/15')
  await expect(page.locator('.leaflet-base-pane img.leaflet-tile-loaded').first()).toBeVisible()
  await expect(page.locator('#legend .credit')).toHaveText('© <b>somebody</b>')
  await expect(page.locator('path.mark')).not.toHaveCount(0)
})
