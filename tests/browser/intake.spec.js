// Reports come in on the page: pasted, chosen or dropped, each with what came of it, and out again by one press.
const { test, expect } = require('./page.js')

const ARABIC = 'قتل سبعة جنود يوم 3 مارس 2021 في هجوم شنه مسلحون على معسكر قرب بلدة ميناكا شمال شرقي مالي، بحسب مصدر أمني.'
const file = (name, content, mimeType = 'text/plain') => ({ name, mimeType, buffer: Buffer.from(content) })

/** Opens the page where the server is expected to refuse something: the browser writes that to its console. */
async function visit(page, baseURL, query = '') {
  await page.goto(`${baseURL}/${query}`)
  await page.waitForSelector('html[data-ready]')
}

test('a pasted text is on the map at once, its incident is opened from the result, and it is taken back', async ({ open, page }) => {
  await open()
  const before = await page.locator('#list .row').count()
  await page.getByRole('button', { name: 'Add reports' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Add reports' })
  await expect(dialog.getByRole('button', { name: 'Choose files' })).toBeFocused()
  await dialog.getByLabel('Or paste a text').fill('Gunmen killed four soldiers on Tuesday in Ménaka, in eastern Mali, the army said.')
  await dialog.getByLabel('Its headline').fill('Four soldiers killed')
  await dialog.getByLabel('Day of publication').fill('2021-03-04')
  await dialog.getByLabel('Published by').fill('Pasted Press')
  const posted = page.waitForRequest((request) => request.method() === 'POST')
  await dialog.getByRole('button', { name: 'Read them' }).press('Enter')
  const url = new URL((await posted).url())
  expect(Object.fromEntries(url.searchParams)).toEqual({ title: 'Four soldiers killed', published: '2021-03-04', source: 'Pasted Press' })
  const entry = dialog.locator('.entries li').first()
  await expect(entry).toContainText('1 incident')
  await expect(entry).toContainText('2 Mar 2021')
  await expect(dialog.getByRole('status')).toContainText('1 report read')
  await entry.getByRole('button', { name: 'Armed clash' }).press('Enter')
  await expect(dialog).toBeHidden()
  const card = page.locator('.leaflet-popup .card')
  await expect(card).toContainText('Four soldiers killed')
  await expect(card).toContainText('Pasted Press')
  await expect(card).toBeFocused()
  // The same again is known; what came in can go out.
  await page.keyboard.press('Escape')
  const id = (await (await page.request.get('/api/collections/reports/items?source=Pasted%20Press')).json()).features[0].id
  const changes = await (await page.request.get('/api/history')).json()
  expect((await page.request.post(`/api/history/${changes.changes[0].number}/undo`)).status()).toBe(200)
  expect((await page.request.get(`/api/collections/reports/items/${id}`)).status()).toBe(404)
  await expect(page.locator('#list .row')).toHaveCount(before)
})

test('files are read one after the other, and a bad one stops none of the others; in Arabic', async ({ page, baseURL }) => {
  await visit(page, baseURL, '?ui=ar')
  await page.locator('#add-report').click()
  const dialog = page.locator('#intake')
  await dialog.locator('input[type=file]').setInputFiles([
    file('هجوم.txt', ARABIC),
    file('film.mp4', 'x'),
    file('picture.txt', '\u0089PNG\u0000\u0001\u0002'),
    file('empty.txt', ''),
    file('list.jsonl', '{"id":"line-1","text":"Trois civils ont été tués le 5 mars 2021 à Ansongo, au Mali."}\n\n{"id":"line-2"}\nno json\n{"id":"line-1","text":"other"}\n'),
    file('list.json', '[{"id":"item-1","text":"Rien.","source":"own"}, 7]'),
  ])
  await dialog.locator('[name=source]').fill('صحيفة')
  await dialog.locator('[type=submit]').click()
  await expect(dialog.getByRole('status')).toContainText('قُرئت 3 تقارير')
  const entries = dialog.locator('.entries > li')
  await expect(entries).toHaveCount(6)
  await expect(entries.nth(0)).toContainText('حادث واحد')
  await expect(entries.nth(1).locator('.problem')).toContainText('mp4')
  await expect(entries.nth(2).locator('.problem')).toContainText('is binary, expected text')
  await expect(entries.nth(3).locator('.problem')).toContainText('لا شيء فيه')
  for (const told of ['3:', 'missing field', '4:', 'no JSON', '5:', 'under this identifier']) await expect(entries.nth(4).locator('.problem')).toContainText(told)
  await expect(entries.nth(5).locator('.problem')).toContainText('2:')
  const sourceOf = async (id) => (await (await page.request.get(`/api/collections/reports/items/${id}`)).json()).properties.source
  expect([await sourceOf('line-1'), await sourceOf('item-1'), await sourceOf(encodeURIComponent('هجوم.txt'))]).toEqual(['صحيفة', 'own', 'صحيفة'])
  // The same file once more is there already; another text of its name is known by its content.
  await dialog.locator('input[type=file]').setInputFiles([file('هجوم.txt', ARABIC), file('هجوم.txt', `${ARABIC} وأصيب آخرون.`)])
  await dialog.locator('[type=submit]').click()
  await expect(entries.nth(6)).toContainText('موجود من قبل')
  await expect(entries.nth(7)).toContainText('حادث واحد')
  for (const at of [7, 5, 4, 0]) {
    await entries.nth(at).getByRole('button', { name: 'تراجع' }).click()
    await expect(entries.nth(at)).toContainText('سُحب')
  }
  expect((await page.request.get('/api/collections/reports/items/line-1')).status()).toBe(404)
})

test('files dropped anywhere are taken, and the map shows what they tell', async ({ open, page }) => {
  await open('?map=4/60/50')
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'dropped.md', { type: 'text/markdown' }))
    return transfer
  }, ARABIC)
  await page.dispatchEvent('#map', 'dragenter', { dataTransfer: data })
  await expect(page.locator('#veil')).toBeVisible()
  await page.dispatchEvent('#map', 'drop', { dataTransfer: data })
  await expect(page.locator('#veil')).toBeHidden()
  const dialog = page.locator('#intake')
  await expect(dialog.getByRole('button', { name: 'Read them' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog.locator('.entries')).toContainText('1 incident')
  await expect(dialog.getByRole('status')).toContainText('1 report read')
  await expect(page).toHaveURL(/map=8\/[23]\./)
  await dialog.getByRole('button', { name: 'Take back' }).click()
  await expect(dialog.locator('.entries')).toContainText('out again')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page.locator('#add-report')).toBeFocused()
})

test('hostile names and texts of files are shown as text', async ({ open, page }) => {
  await open()
  await page.locator('#add-report').click()
  const dialog = page.locator('#intake')
  await dialog.locator('input[type=file]').setInputFiles([file('<img src=x onerror=hacked=1>\u202Egnp.txt', `<script>window.hacked=1</script> Gunmen killed five civilians in Ménaka on 6 March 2021. ${'x'.repeat(100_000)}`)])
  await dialog.locator('[type=submit]').click()
  await expect(dialog.locator('.entries')).toContainText('1 incident')
  await expect(dialog.locator('.entries')).toContainText('<img src=x')
  await dialog.getByRole('button', { name: 'read the report' }).click()
  await expect(page.locator('#report .report-text')).toContainText('<script>window.hacked=1</script>')
  expect(await page.locator('body').innerText()).not.toMatch(/[\u202A-\u202E]/)
  expect(await page.evaluate(() => 'hacked' in window || document.documentElement.scrollWidth > innerWidth)).toBe(false)
  const changes = await (await page.request.get('/api/history')).json()
  await page.request.post(`/api/history/${changes.changes[0].number}/undo`)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('a text is pasted, read and looked at; in Arabic', async ({ open, page, incidents }) => {
    await open('?ui=ar')
    await page.locator('#add-report').click()
    const dialog = page.locator('#intake')
    await dialog.locator('[name=text]').fill(ARABIC)
    await dialog.locator('[type=submit]').click()
    const box = await dialog.boundingBox()
    expect(box.x >= 0 && box.x + box.width <= 390).toBe(true)
    await dialog.locator('.found button').first().click()
    await expect(page.locator('.leaflet-popup .card')).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const changes = await (await page.request.get('/api/history')).json()
    await page.request.post(`/api/history/${changes.changes[0].number}/undo`)
    await expect(page.locator('#list .row')).toHaveCount(incidents.length)
  })
})

test('what is followed is listed with its last success and its last failure', async ({ page, baseURL }) => {
  const row = { kind: 'feed', added: '2026-11-20T10:00:00Z', last_tried: '2026-11-22T10:00:00Z', read: 7 }
  const watches = [
    { ...row, address: 'https://example.org/feed.xml', last_success: '2026-11-22T10:00:00Z', last_error: null, failures: 0, next_try: '2026-11-22T10:15:00Z' },
    { ...row, address: 'https://example.com/<b>rss', last_success: null, last_error: '503 Service Unavailable', failures: 3, next_try: '2026-11-22T12:00:00Z' },
  ]
  await page.route('**/api/watches', (route) => route.fulfill({ json: { watches } }))
  await visit(page, baseURL, '?ui=en')
  await page.locator('#add-report').click()
  const list = page.locator('#intake details', { hasText: 'Followed feeds and folders' })
  await expect(list.locator('summary')).toContainText('with failures: 1')
  await list.locator('summary').click()
  await expect(list.locator('li').nth(0)).toContainText('Last read on')
  await expect(list.locator('li').nth(1)).toContainText('https://example.com/<b>rss')
  await expect(list.locator('li').nth(1)).toContainText('503 Service Unavailable')
})

test('a Word document and a letter are taken apart and read, and each can be taken back', async ({ page, baseURL }) => {
  await visit(page, baseURL, '?ui=en')
  await page.locator('#add-report').click()
  const dialog = page.locator('#intake')
  await dialog.locator('input[type=file]').setInputFiles(['word/report-ar.docx', 'letter/attached-ar.eml', 'pdf/scan.pdf'].map((name) => `${__dirname}/../documents/${name}`))
  await dialog.locator('[type=submit]').click()
  await expect(dialog.getByRole('status')).toContainText('3 reports read')
  const entries = dialog.locator('.entries > li')
  await expect(entries.nth(0)).toContainText('Télataye')
  await expect(entries.nth(1)).toContainText('incident')
  await expect(entries.nth(2).locator('.problem')).toContainText('is a scan')
  for (const at of [1, 0]) {
    await entries.nth(at).getByRole('button', { name: 'Take back' }).click()
    await expect(entries.nth(at)).toContainText('out again')
  }
})
