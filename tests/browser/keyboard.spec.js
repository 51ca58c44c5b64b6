// The whole way without a mouse.
const { test, expect, rowOf } = require('./page.js')

test('skip link, row, popup and back', async ({ open, page, incidents }) => {
  await open()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the list' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  const id = await page.evaluate(() => document.activeElement?.getAttribute('data-id'))
  expect(incidents.find((incident) => incident.id === id)?.group).toBe('drawn')
  await expect(page.locator(`path.mark[data-id="${id}"]`)).toHaveClass(/hovered/)
  await page.keyboard.press('Enter')
  await expect(page.locator('.leaflet-popup .card')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.locator('.leaflet-popup .card')).toHaveCount(0)
  await expect(rowOf(page, id)).toBeFocused()
})

test('a focused control shows it', async ({ open, page }) => {
  await open()
  await page.locator('#q').focus()
  expect(await page.locator('#q').evaluate((node) => getComputedStyle(node).outlineStyle)).toBe('solid')
})

test('every control has a name, every landmark too', async ({ open, page }) => {
  await open()
  const nameless = await page.locator('button, a[href], input, select, textarea').evaluateAll((nodes) => nodes
    .filter((node) => !(node.getAttribute('aria-label') || node.textContent?.trim() || /** @type {any} */ (node).labels?.length))
    .map((node) => node.outerHTML))
  expect(nameless).toEqual([])
  await expect(page.getByRole('region', { name: 'Map', exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Filters and list' })).toBeVisible()
  await expect(page.getByRole('search', { name: 'Filters' })).toBeVisible()
})

test('the result of a filter is announced', async ({ open, page, incidents }) => {
  await open()
  const drawn = incidents.filter(({ group }) => group === 'drawn').length
  await expect(page.locator('#status[role=status]')).toContainText(`${drawn} incident`)
})
