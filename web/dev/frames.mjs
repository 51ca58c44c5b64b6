// Measures the map: frames a second while it is dragged (and on a blank page, to compare), time to the first mark, memory. For docs/page.md.
// `target/debug/deps/http-… --count COUNT --fill FOLDER`, `dalil serve --store FOLDER`, then
// `DALIL_URL=http://127.0.0.1:8080 npm --prefix web run frames`.
import { chromium } from '@playwright/test'
import { readFile } from 'node:fs/promises'

const DRAG_MS = 10_000
const STROKE_PX = 260
const server = process.env.DALIL_URL ?? 'http://127.0.0.1:8080'
const views = ['4/15/20', '7/3/14']

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--js-flags=--expose-gc'] })
const BLANK = 'data:text/html,<body style="height:800px">'
for (const view of ['', ...views]) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const devtools = await page.context().newCDPSession(page)
  let [first_ms, ready_ms] = [0, 0]
  await page.goto(view ? `${server}/?map=${view}` : BLANK)
  if (view) {
    await page.waitForFunction(() => performance.getEntriesByName('first-marks').length > 0, null, { timeout: 120_000 })
    first_ms = await page.evaluate(() => performance.getEntriesByName('first-marks')[0].startTime)
    await page.waitForSelector('html[data-ready]', { timeout: 120_000 })
    ready_ms = await page.evaluate(() => performance.now())
    await page.waitForTimeout(1500)
  }
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
  const { processInfo } = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo')
  const held = await Promise.all(processInfo.filter(({ type }) => type === 'renderer').map(async ({ id }) => Number(/RssAnon:\s+(\d+)/.exec(await readFile(`/proc/${id}/status`, 'utf8').catch(() => ''))?.[1] ?? 0) / 1000))
  const marks = await page.evaluate(() => document.getElementById('stage')?.dataset.marks)
  console.log(`${view || 'a blank page, what this machine can do at all'}: first mark ${first_ms.toFixed(0)} ms, ready ${ready_ms.toFixed(0)} ms, ${rate.toFixed(1)} frames/s, one in twenty below ${slow.toFixed(0)}, longest ${longest.toFixed(0)} ms, heap ${heap.toFixed(0)} MB, process ${Math.max(...held).toFixed(0)} MB, ${marks} objects drawn`)
  await page.close()
}
await browser.close()
