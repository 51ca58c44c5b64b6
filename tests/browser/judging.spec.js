// What a reader says of an incident: confirmed, corrected, rejected, and taken back.
const { test, expect, rowOf } = require('./page.js')

/** An incident that is drawn and that one report tells. */
const judged = (incidents) => incidents.find(({ group, properties }) => group === 'drawn' && properties.report_id === 'protest-fr')

test('an incident is confirmed, and the word is taken back', async ({ open, page, incidents }) => {
  const { id } = judged(incidents)
  await open(`?incident=${id}`)
  const card = page.locator('.leaflet-popup .card')
  await card.getByRole('button', { name: 'It is right' }).press('Enter')
  await expect(card).toContainText('Confirmed by page')
  await expect(page.locator('#notice')).toContainText('Confirmed')
  await expect(card.getByRole('button', { name: 'It is right' })).toHaveCount(0)
  await card.getByRole('button', { name: 'Take back' }).press('Enter')
  await expect(card).not.toContainText('Confirmed by')
})

test('a corrected figure is shown with who gave it and why', async ({ open, page, incidents }) => {
  const { id } = judged(incidents)
  await open(`?incident=${id}`)
  const card = page.locator('.leaflet-popup .card')
  await card.getByRole('button', { name: 'Correct…' }).press('Enter')
  const form = page.locator('#judge-form')
  await form.getByLabel('Killed, at least').fill('5')
  await form.getByLabel('Killed, best figure').fill('5')
  await form.getByLabel('Killed, at most').fill('6')
  await form.getByLabel('Why').fill('قائمة المستشفى')
  await form.getByRole('button', { name: 'Save' }).press('Enter')
  await expect(form).toBeHidden()
  await expect(card).toContainText('Corrected by page')
  await expect(card).toContainText('قائمة المستشفى')
  await expect(card).toContainText('5')
  await page.locator('#notice').getByRole('button', { name: 'Take back' }).press('Enter')
  await expect(card).not.toContainText('Corrected by')
})

test('a rejected incident is gone, and comes back; in Arabic', async ({ open, page, incidents }) => {
  const { id } = judged(incidents)
  await open(`?ui=ar&incident=${id}`)
  await page.locator('.leaflet-popup .card').getByRole('button', { name: 'ليس حادثا' }).press('Enter')
  await expect(rowOf(page, id)).toHaveCount(0)
  await expect(page.locator('.leaflet-popup .card')).toHaveCount(0)
  await page.locator('#notice').getByRole('button', { name: 'تراجع' }).press('Enter')
  await expect(rowOf(page, id)).toBeVisible()
})
