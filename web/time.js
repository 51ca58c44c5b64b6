// The time line under the map: how many began when, a brush for the days shown, steps and play. What has no date is counted beside it.
import uPlot from 'uplot'
import * as api from './api.js'
import { byId, el } from './dom.js'
import { amount, dates, moment, number, t } from './i18n.js'
import { set, state } from './state.js'
import { colourOf, onTheme } from './theme.js'

const DAY_S = 86_400
/** Bars that can still be told apart on a laptop; a finer step begins below so many. */
const BARS_MOST = 200
const STEPS = /** @type {const} */ (['day', 'week', 'month'])
const PLAY_MS = 1_200
const HEIGHT_PX = 92

/** @typedef {{start: number, end: number, count: number, sum: number}} Bar first second, and that after the last; both UTC */

/** @type {uPlot | null} */
let plot = null
/** @type {Bar[]} */
let bars = []
let undated = 0
let step = 'month'
let playing = 0

/** Builds the line's controls in the present language. */
export function buildTime() {
  const button = (/** @type {string} */ id, /** @type {string} */ sign, /** @type {() => void} */ click) => el('button', { type: 'button', id, 'aria-label': t(`time.${id}`), title: t(`time.${id}`), click }, sign)
  byId('time').replaceChildren(
    el('summary', {}, t('time')),
    el('div', { class: 'controls' },
      // Signs point along the line, which runs from left to right in every language.
      el('span', { class: 'moves', dir: 'ltr' }, button('back', '‹', () => move(-1)), button('play', playing ? '❚❚' : '▶', play), button('forward', '›', () => move(1))),
      el('select', { id: 'step', 'aria-label': t('time.step'), change: (/** @type {any} */ { target }) => set({ step: target.value }) }, ...['', ...STEPS].map((each) => el('option', { value: each, selected: each === state.step }, t(`time.step.${each || 'auto'}`)))),
      el('output', { id: 'time-says', 'aria-live': 'off' }),
      el('button', { type: 'button', class: 'link', id: 'all-days', click: () => set({ from: '', to: '' }) }, t('time.all')),
      el('span', { id: 'undated', class: 'aside' }),
    ),
    // Time runs from left to right under Arabic too: so it does in charts of the Arabic press and of statistical offices, whose digits run that
    // way as well, and the map above it does not turn either.
    el('div', { id: 'bars', dir: 'ltr', tabindex: 0, role: 'slider', 'aria-label': t('time.label'), 'aria-describedby': 'time-keys', keydown: key }),
    el('p', { id: 'time-keys', class: 'unseen' }, t('time.keys')),
  )
  draw()
}

/** Asks for the bars; what comes is shown only when `keep` is called. */
export async function lookAtTime() {
  let wanted = state.step || 'month'
  let found = await api.histogram(wanted)
  if (!state.step && found.bins.length > 0) {
    const days = (seconds(found.bins[found.bins.length - 1].start) - seconds(found.bins[0].start)) / DAY_S + 31
    wanted = days <= BARS_MOST ? 'day' : days / 7 <= BARS_MOST ? 'week' : 'month'
    if (wanted !== 'month') found = await api.histogram(wanted)
  }
  return {
    keep() {
      step = wanted
      undated = found.undated
      bars = whole(found.bins, wanted)
      draw()
    },
  }
}

/** All bars from the first to the last, those without anything too. @param {api.Histogram['bins']} bins @param {string} step @returns {Bar[]} */
function whole(bins, step) {
  const BARS_KEPT = 20_000
  const known = new Map(bins.map((bin) => [seconds(bin.start), bin]))
  const all = []
  if (bins.length === 0) return []
  const last = seconds(bins[bins.length - 1].start)
  for (let start = seconds(bins[0].start), end = 0; start <= last && all.length < BARS_KEPT; start = end) {
    end = after(start, step)
    all.push({ start, end, count: known.get(start)?.count ?? 0, sum: known.get(start)?.sum ?? 0 })
  }
  return all
}

/** @param {number} start @param {string} step */
function after(start, step) {
  if (step === 'day') return start + DAY_S
  if (step === 'week') return start + 7 * DAY_S
  const day = new Date(start * 1000)
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1) / 1000
}

/** @param {string} iso */
function seconds(iso) {
  return Date.parse(`${iso}T00:00:00Z`) / 1000
}

/** @param {number} at */
function iso(at) {
  return new Date(at * 1000).toISOString().slice(0, 10)
}

/** Draws the bars and the days that are chosen. */
function draw() {
  const room = byId('bars')
  plot?.destroy()
  plot = null
  byId('time').classList.toggle('nothing', bars.length === 0)
  byId('undated').textContent = undated > 0 ? t(state.from || state.to ? 'time.undated.hidden' : 'time.undated', { n: undated }) : ''
  byId('all-days').hidden = !(state.from || state.to)
  byId('step').value = state.step
  if (bars.length > 0 && room.clientWidth > 0) {
    plot = new uPlot(options(room.clientWidth), [bars.map(({ start }) => start), bars.map(({ count }) => count)], room)
    plot.root.setAttribute('aria-hidden', 'true')
  }
  brush()
}

/** @param {number} width @returns {uPlot.Options} */
function options(width) {
  const axis = { stroke: colourOf('--quiet'), grid: { stroke: colourOf('--line'), width: 1 }, ticks: { show: false }, font: `11px ${getComputedStyle(document.body).fontFamily}` }
  const bar = /** @type {any} */ (uPlot.paths.bars)({ size: [0.86, 60], align: 1 })
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    padding: [8, 18, 0, 0],
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), 'Etc/UTC'),
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: { x: { time: true, range: () => [bars[0].start, bars[bars.length - 1].end] }, y: { range: (_, _low, high) => [0, Math.max(1, high)] } },
    series: [{}, { paths: bar, fill: colourOf('--accent'), width: 0, points: { show: false } }],
    axes: [
      { ...axis, size: 22, space: 70, values: (_, at) => at.map((each, i) => label(each, at[i - 1], at[1] - at[0])) },
      { ...axis, size: 38, space: 26, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5], values: (_, at) => at.map((each) => number(each)) },
    ],
    hooks: {
      setSelect: [({ select: { left, width }, posToVal }) => width > 1 && choose(barAt(posToVal(left, 'x')), barAt(posToVal(left + width, 'x')))],
      setCursor: [({ cursor: { idx, left } }) => says((left ?? -1) >= 0 && typeof idx === 'number' ? barAt(/** @type {uPlot} */ (plot).posToVal(left ?? 0, 'x')) : null)],
      ready: [({ over, posToVal }) => {
        brush()
        let from = 0
        over.addEventListener('mousedown', ({ clientX }) => (from = clientX))
        // A press that is no drag chooses one bar, and a second one all of them again.
        over.addEventListener('click', ({ clientX, offsetX }) => {
          if (Math.abs(clientX - from) > 2) return
          const at = barAt(posToVal(offsetX, 'x'))
          const [first, last] = chosen()
          if (is_chosen() && at === first && at === last) set({ from: '', to: '' })
          else choose(at, at)
        })
      }],
    },
  }
}

/** What stands under a tick: the year where it changes, else the month or the day. @param {number} at @param {number | undefined} before @param {number} apart */
function label(at, before, apart) {
  const is_new_year = before === undefined || new Date(at * 1000).getUTCFullYear() !== new Date(before * 1000).getUTCFullYear()
  if (apart >= 300 * DAY_S) return moment(at, { year: 'numeric' })
  if (apart >= 27 * DAY_S) return moment(at, is_new_year ? { month: 'short', year: 'numeric' } : { month: 'short' })
  return moment(at, { day: 'numeric', month: 'short', ...(is_new_year ? { year: 'numeric' } : {}) })
}

/** The bar in which a second lies. @param {number} at */
function barAt(at) {
  const found = bars.findIndex(({ end }) => at < end)
  return found < 0 ? bars.length - 1 : found
}

function is_chosen() {
  return Boolean(state.from || state.to)
}

/** The first and the last bar that are shown. @returns {[number, number]} */
function chosen() {
  return [state.from ? barAt(seconds(state.from)) : 0, state.to ? barAt(seconds(state.to)) : bars.length - 1]
}

/** @param {number} first @param {number} last @param {boolean} [is_quiet] */
function choose(first, last, is_quiet = false) {
  if (bars.length === 0) return
  const at = (/** @type {number} */ n) => bars[Math.max(0, Math.min(bars.length - 1, n))]
  set({ from: iso(at(first).start), to: iso(at(last).end - DAY_S) }, is_quiet)
}

/** Shows on the bars which days are chosen, and says it. */
function brush() {
  const room = byId('bars')
  const [first, last] = chosen()
  room.setAttribute('aria-valuemin', '0')
  room.setAttribute('aria-valuemax', String(Math.max(0, bars.length - 1)))
  room.setAttribute('aria-valuenow', String(Math.max(0, first)))
  room.setAttribute('aria-valuetext', is_chosen() ? span() : t('time.all.shown'))
  says(null)
  // A plot that is not laid out yet calls again when it is.
  if (!plot || bars.length === 0 || plot.status === 0) return
  const from = Math.max(0, plot.valToPos(state.from ? seconds(state.from) : bars[0].start, 'x'))
  const to = plot.valToPos(state.to ? seconds(state.to) + DAY_S : bars[last].end, 'x')
  plot.setSelect({ left: from, top: 0, width: is_chosen() ? Math.max(2, to - from) : 0, height: plot.over.clientHeight }, false)
}

/** The chosen days in words. */
function span() {
  return dates(state.from || iso(bars[0]?.start ?? 0), state.to || iso((bars[bars.length - 1]?.end ?? DAY_S) - DAY_S)).textContent ?? ''
}

/** What is said beside the buttons: the bar under the pointer, or the days that are chosen. @param {number | null} at */
function says(at) {
  const bar = at === null ? undefined : bars[at]
  byId('time-says').replaceChildren(bar ? el('span', {}, dates(iso(bar.start), iso(bar.end - DAY_S)), ` · ${t('time.bar', { n: bar.count })}${bar.sum > 0 ? ` · ${amount('toll.killed', bar.sum, bar.sum)}` : ''}`) : is_chosen() && bars.length > 0 ? span() : '')
}

/** Moves the chosen days by their own width; from all of them to the first or the last bar. @param {number} way @returns {boolean} whether there was room */
function move(way) {
  if (bars.length === 0) return false
  const [first, last] = chosen()
  if (!is_chosen()) {
    const end = way > 0 ? 0 : bars.length - 1
    choose(end, end, playing > 0)
    return true
  }
  const width = last - first + 1
  if (first + way * width < 0 || last + way * width > bars.length - 1) return false
  choose(first + way * width, last + way * width, playing > 0)
  return true
}

function play() {
  if (playing) stop()
  else {
    playing = window.setInterval(() => move(1) || stop(), PLAY_MS)
    move(1) || choose(0, chosen()[1] - chosen()[0])
    sign()
  }
}

function stop() {
  clearInterval(playing)
  playing = 0
  sign()
}

function sign() {
  const label = t(playing ? 'time.stop' : 'time.play')
  byId('play').textContent = playing ? '❚❚' : '▶'
  byId('play').setAttribute('aria-label', label)
  byId('play').title = label
}

/** Left and right along the line whatever the language, as it runs. @param {KeyboardEvent} event */
function key(event) {
  const [first, last] = chosen()
  const way = event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : 0
  if (way && event.shiftKey && is_chosen()) {
    if (last + way >= first && last + way < bars.length) choose(first, last + way)
  } else if (way) move(way)
  else if (event.key === 'Home') choose(0, is_chosen() ? last - first : 0)
  else if (event.key === 'End') choose(is_chosen() ? bars.length - 1 - (last - first) : bars.length - 1, bars.length - 1)
  else if (event.key === 'Escape' && is_chosen()) set({ from: '', to: '' })
  else return
  event.preventDefault()
}

/** The width for which the bars are drawn: only it matters, since bars drawn anew for their own height would never end. */
let drawn_at = 0
onTheme(() => document.getElementById('bars') && draw())
new ResizeObserver(() => {
  const width = document.getElementById('bars')?.clientWidth ?? 0
  if (width === drawn_at) return
  drawn_at = width
  draw()
}).observe(byId('time'))
