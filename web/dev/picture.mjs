// Takes docs/page.png, the README's picture: an Arabic report's incident, opened on the English page.
// `dalil map examples/reports`, then `DALIL_URL=http://127.0.0.1:8080 npm --prefix web run picture`.
import { chromium } from '@playwright/test'
import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const PICTURE = fileURLToPath(new URL('../../docs/page.png', import.meta.url))
const REPORT = '01-talataye-ar.txt'
const MAX_BYTES = 400_000

const server = process.env.DALIL_URL ?? 'http://127.0.0.1:8080'
const answer = await fetch(`${server}/api/collections/incidents/items?limit=10000`)
/** @type {import('../api.js').Collection} */
const { features } = await answer.json()
const shown = features.find(({ geometry, properties }) => geometry && properties.report_id === REPORT && properties.granularity === 'incident' && properties.place_surface)
if (!shown) throw new Error(`${server} has no incident of ${REPORT} on the map: is it serving examples/reports?`)

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' })
await page.goto(`${server}/?map=6/1.5/15&incident=${shown.id}`)
await page.waitForSelector('html[data-ready]')
await page.screenshot({ path: PICTURE })
await browser.close()
const { size } = await stat(PICTURE)
if (size > MAX_BYTES) throw new Error(`${PICTURE} has ${size} bytes, more than ${MAX_BYTES}`)
