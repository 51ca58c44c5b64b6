// One event in two reports and two languages: each tells of the other.
const { test, expect, rowOf } = require('./page.js')

test('an incident names the other reports of its event and leads to them', async ({ open, page, incidents }) => {
  const [ar, fr] = ['ambush-ar', 'ambush-fr'].map((report) => incidents.find(({ properties }) => properties.report_id === report))
  expect(ar.properties.cluster_id).toBe(fr.properties.cluster_id)
  await open(`?incident=${fr.id}`)
  await expect(rowOf(page, fr.id)).toContainText('2 reports')
  const card = page.locator('.leaflet-popup .card')
  await expect(card).toContainText('2 reports tell it')
  await card.getByRole('button', { name: 'كمين قرب غورغادجي' }).press('Enter')
  await expect(page).toHaveURL(new RegExp(`incident=${ar.id}`))
  await expect(card).toContainText('Embuscade près de Gorgadji')
})

test('an incident that one report tells names no other', async ({ open, page, incidents }) => {
  const alone = incidents.find(({ group, properties }) => group === 'drawn' && properties.report_id === 'protest-fr')
  await open(`?incident=${alone.id}`)
  await expect(page.locator('.leaflet-popup .card')).toBeVisible()
  await expect(page.locator('.leaflet-popup .card')).not.toContainText('reports tell it')
})
