// Measures the map: frames a second while it is dragged, time to the first mark, memory of the tab. For docs/page.md.
// `target/debug/deps/http-… --fill FOLDER COUNT`, `dalil serve --store FOLDER`, then
// `DALIL_URL=http://127.0.0.1:8080 npm --prefix web run frames`.
import { chromium } from '@playwright/test'

const DRAG_MS = 10_000
const STROKE_PX = 260
const server = process.env.DALIL_URL ?? 'http://127.0.0.1:8080'
const views = ['4/15/20', '7/3/14']

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--js-flags=--expose-gc'] })
for (const view of views) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const devtools = await page.context().newCDPSession(page)
  await page.goto(`${server}/?map=${view}`)
  await page.waitForFunction(() => performance.getEntriesByName('first-marks').length > 0, null, { timeout: 120_000 })
  const first_ms = await page.evaluate(() => performance.getEntriesByName('first-marks')[0].startTime)
  await page.waitForSelector('html[data-ready]', { timeout: 120_000 })
  const ready_ms = await page.evaluate(() => performance.now())
  await page.waitForTimeout(1500)
  await page.evaluate(() => {
    const frames = /** @type {number[]} */ ((/** @type {any} */ (window)).frames_at = [])
    const tick = (/** @type {number} */ at) => { frames.push(at); requestAnimationFrame(tick) }
    requestAnimationFrame(tick)
  })
  const [x, y] = [700, 350]
  for (let started = Date.now(), stroke = 0; Date.now() - started < DRAG_MS; stroke++) {
    const [dx, dy] = [[1, 0], [0, 1], [-1, 0], [0, -1]][stroke % 4].map((way) => way * STROKE_PX)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + dx, y + dy, { steps: 40 })
    await page.mouse.up()
  }
  const { rate, slow, longest } = await page.evaluate(() => {
    const at = /** @type {number[]} */ ((/** @type {any} */ (window)).frames_at)
    const gaps = at.slice(1).map((each, i) => each - at[i]).sort((a, b) => a - b)
    return { rate: (1000 * gaps.length) / (at[at.length - 1] - at[0]), slow: 1000 / gaps[Math.floor(gaps.length * 0.95)], longest: gaps[gaps.length - 1] }
  })
  await page.evaluate(() => (/** @type {any} */ (window)).gc?.())
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const heap = (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6
  const marks = await page.evaluate(() => document.getElementById('stage')?.dataset.marks)
  console.log(`${view}: first mark ${first_ms.toFixed(0)} ms, ready ${ready_ms.toFixed(0)} ms, ${rate.toFixed(1)} frames/s, one in twenty below ${slow.toFixed(0)}, longest ${longest.toFixed(0)} ms, heap ${heap.toFixed(1)} MB, ${marks} objects drawn`)
  await page.close()
}
await browser.close()
