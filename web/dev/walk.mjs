// Walks the way of docs/walk-through.md in Arabic and in English, at the pace of somebody who sees the page for the first time, and takes its pictures.
// `dalil map examples/reports`, then `DALIL_URL=http://127.0.0.1:8080 npm --prefix web run walk`. What it changes it takes back.
import { chromium } from '@playwright/test'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const PICTURES = new URL('../../docs/walk-through/', import.meta.url)
const REPORTS = new URL('../../examples/walk-through/', import.meta.url)
const MAX_BYTES = 120_000
/** To look, to understand, to move the hand: before each press. */
const LOOK_MS = 2_500
const LETTER_MS = 180
/** The promise. */
const MOST_MS = 120_000
/** Tripoli of Lebanon; where the village is said to lie. */
const LEBANON = /Lebanon|لبنان/
const COORDINATES = '16°42′N 0°18′E'
const VILLAGE = { lon: 0.3, lat: 16.7 }

const server = process.env.DALIL_URL ?? 'http://127.0.0.1:8080'
const ask = async (/** @type {string} */ path, /** @type {RequestInit} */ options = {}) => (await fetch(server + path, options)).json()
await mkdir(PICTURES, { recursive: true })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })

for (const ui of ['ar', 'en']) {
  const before = (await ask('/api/history')).changes.length
  const words = JSON.parse(await readFile(new URL(`../locale/${ui}.json`, import.meta.url), 'utf8'))
  const page = await browser.newPage({ viewport: { width: 1200, height: 600 }, deviceScaleFactor: 0.72, locale: ui, acceptDownloads: true })
  let presses = 0
  let nth = 0
  const press = async (/** @type {import('@playwright/test').Locator} */ what) => {
    await what.waitFor()
    await page.waitForTimeout(LOOK_MS)
    await what.click()
    presses += 1
  }
  const named = (/** @type {string} */ key, /** @type {import('@playwright/test').Locator | import('@playwright/test').Page} */ within = page) => within.getByRole('button', { name: words[key], exact: true }).first()
  const picture = async () => {
    const path = fileURLToPath(new URL(`${ui}-${++nth}.png`, PICTURES))
    await page.waitForTimeout(600)
    await page.screenshot({ path })
    const { size } = await stat(path)
    if (size > MAX_BYTES) throw new Error(`${path} has ${size} bytes, more than ${MAX_BYTES}`)
  }

  const started = Date.now()
  await page.goto(server)
  await page.waitForSelector('html[data-ready]')

  // Two reports are dropped on the map and read.
  const files = await Promise.all(['herders', 'tripoli'].map(async (name) => [`${name}-${ui}.txt`, await readFile(new URL(`${name}-${ui}.txt`, REPORTS), 'utf8')]))
  const data = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer()
    for (const [name, text] of files) transfer.items.add(new File([text], name, { type: 'text/plain' }))
    return transfer
  }, files)
  await page.waitForTimeout(LOOK_MS)
  for (const type of ['dragenter', 'drop']) await page.dispatchEvent('#map', type, { dataTransfer: data })
  const intake = page.locator('#intake')
  await press(intake.locator('[type=submit]'))
  await intake.locator('.entries > li').nth(1).locator('.found').waitFor()
  await intake.getByText(words['intake.done.read'][ui === 'ar' ? 'two' : 'other'].replace('{n}', '2')).waitFor()
  await picture()

  // The village that no gazetteer has.
  await press(intake.locator('button.close'))
  await press(page.locator('#gazetteer-open'))
  await press(page.getByRole('tab', { name: words['gazetteer.queue'] }))
  const name = files[0][1].match(/Tin-Kerassout|تنكراسوت/)?.[0] ?? ''
  const queued = page.locator('#drawer details', { hasText: name })
  await press(queued.locator('summary'))
  await press(named('queue.add', queued))
  await page.waitForTimeout(LOOK_MS)
  await page.mouse.click(ui === 'ar' ? 200 : 560, 380)
  presses += 1
  const form = page.locator('#place-form')
  await form.locator('[name=coordinates]').pressSequentially(COORDINATES, { delay: LETTER_MS })
  await form.locator('.preview li').first().waitFor()
  await picture()
  await press(form.locator('[type=submit]'))
  await page.locator('#notice', { hasText: name }).waitFor()

  // Tripoli, which is another one.
  const [{ id }] = (await ask(`/api/collections/incidents/items?report_id=tripoli-${ui}.txt`)).features
  await press(page.locator(`#list [data-id="${id}"]`))
  await press(named('report.read', page.locator('.leaflet-popup .card')))
  await press(page.locator('#report mark.mark-place').first())
  await press(page.locator('#report .told button').first())
  await picture()
  const why = page.locator('.leaflet-popup details.why').first()
  await press(why.locator('summary'))
  const choice = why.locator('li', { hasText: LEBANON }).locator('button.pin-number').first()
  await press(choice)
  await why.locator('.preview li').first().waitFor()
  await why.locator('.deciding .primary').scrollIntoViewIfNeeded()
  await picture()
  await press(named('pin.save', why))
  await page.locator('#notice p').waitFor()

  // The map as it is now, and its file.
  const close = page.locator('#report button.close')
  if (await close.isVisible()) await press(close)
  await press(page.locator(`#list [data-id="${id}"]`))
  await page.locator('.leaflet-popup .card').waitFor()
  await picture()
  const saving = page.waitForEvent('download')
  await press(page.locator('#download'))
  const path = await (await saving).path()
  const took = Date.now() - started
  const { features } = JSON.parse(await readFile(path, 'utf8'))
  const told = (/** @type {string} */ report) => features.find((/** @type {any} */ { properties }) => properties.report_id === report)?.properties
  const [herders, clash] = [told(`herders-${ui}.txt`), told(`tripoli-${ui}.txt`)]
  if (Math.hypot((herders?.lon ?? 0) - VILLAGE.lon, (herders?.lat ?? 0) - VILLAGE.lat) > 0.01) throw new Error('the herders are not at the village in the file')
  if (clash?.country !== 'LB') throw new Error(`Tripoli is in ${clash?.country} in the file, not in Lebanon`)
  if (took > MOST_MS) throw new Error(`${took} ms, more than ${MOST_MS}`)
  console.log(`${ui}: ${presses} presses, ${(took / 1000).toFixed(0)} seconds, of which ${(presses * LOOK_MS + COORDINATES.length * LETTER_MS) / 1000} are looking and typing`)
  await page.close()

  const { changes } = await ask('/api/history')
  for (const { number } of changes.slice(0, changes.length - before)) await ask(`/api/history/${number}/undo`, { method: 'POST' })
}
await browser.close()
