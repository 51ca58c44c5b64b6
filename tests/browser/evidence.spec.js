// What stands side by side on a card: the reports of one event with their figures, and actors as the reader's language calls them.
const { test, expect } = require('./page.js')

/** The two tellings of the ambush near Gorgadji. */
const of = (incidents, report) => incidents.find(({ properties }) => properties.report_id === report)

test('the reports that tell an event stand side by side with their figures', async ({ open, page, incidents }) => {
  const [ar, fr] = ['ambush-ar', 'ambush-fr'].map((report) => of(incidents, report))
  await open(`?incident=${fr.id}`)
  const table = page.locator('.leaflet-popup .corroboration table')
  await expect(table.locator('caption')).toContainText('2 reports tell it')
  await expect(table.locator('caption')).toContainText('Their figures agree')
  await expect(table.locator('tbody tr')).toHaveCount(2)
  for (const row of await table.locator('tbody tr').all()) await expect(row.locator('td')).toHaveText('11')
  await expect(table.locator('tr.own')).toContainText('Embuscade')
  await table.getByRole('button', { name: 'كمين قرب غورغادجي' }).press('Enter')
  await expect(page).toHaveURL(new RegExp(`incident=${ar.id}`))
  await expect(table.locator('tr.own')).toContainText('كمين')
})

test('figures that differ are said to; hostile titles are text', async ({ open, page, incidents }) => {
  await page.route('**/api/collections/clusters/items/*', async (route) => {
    const answer = await route.fetch()
    const body = await answer.json()
    body.properties.killed[0] = { ...body.properties.killed[0], low: 9, high: 14 }
    Object.assign(body.properties, { source_count: 1, copy_count: 1 })
    for (const source of body.properties.sources) source.report_title = '<img src=x onerror="window.hacked=1">\u202Egnorw'
    await route.fulfill({ response: answer, json: body })
  })
  await open(`?ui=fr&incident=${of(incidents, 'ambush-fr').id}`)
  const table = page.locator('.leaflet-popup .corroboration table')
  await expect(table.locator('caption')).toContainText('divergent')
  await expect(table.locator('caption')).toContainText('d’une seule source indépendante')
  await expect(table.locator('caption')).toContainText('1 est la copie d’un autre')
  await expect(table).toContainText('9–14')
  await expect(table).toContainText('<img src=x')
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
})

test('actors have Arabic names on the Arabic page and the names of the data on the English one', async ({ open, page, incidents }) => {
  const { id } = of(incidents, 'ambush-ar')
  await open(`?ui=ar&incident=${id}`)
  const card = page.locator('.leaflet-popup .card')
  await expect(card.locator('dd bdi', { hasText: /^جنود$/ })).toHaveAttribute('title', 'Soldiers')
  await open(`?ui=en&incident=${id}`)
  await expect(card.locator('dd bdi', { hasText: /^Soldiers$/ })).toHaveCount(1)
})

test('each field that the sentence proves is named below it, in its colour', async ({ open, page, incidents }) => {
  await open(`?incident=${of(incidents, 'ambush-fr').id}`)
  const keys = page.locator('.leaflet-popup .keys .key')
  await expect(keys).toHaveText(['the killed', 'the event', 'the date', 'the place', 'who says so'], { ignoreCase: true })
  const colour = (locator) => locator.evaluate((node) => getComputedStyle(node).backgroundColor)
  expect(await colour(keys.first())).toBe(await colour(page.locator('.leaflet-popup mark', { hasText: 'Onze soldats' })))
})
