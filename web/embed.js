// The map for other pages: how much happened in which cell of half a degree. It asks the server for nothing finer.
import { basemap, publicIncidents } from './api.js'
import { bdi, byId, el } from './dom.js'
import { country, dates, number, speak, t } from './i18n.js'
import { choose } from './language.js'
import { icon } from './layers.js'
import { baseOf, drawBase, globe, placing, side, world } from './mercator.js'
import { colourOf } from './theme.js'
import { mix } from './paint.js'
import { filterWords } from './told.js'

const ZOOM = { least: 1, most: 9 }
/** A step of the arrow keys, pixels. */
const STEP_PX = 60
/** What a pixel of the wheel does to the zoom. */
const WHEEL = 0.002
/** Rows of the table; the cells with most come first. */
const MOST_ROWS = 200

const asked = new URLSearchParams(location.search)
const [zoom, lon, lat] = (asked.get('map') ?? '').split('/').map(Number)
const view = { zoom: Number.isFinite(zoom) ? zoom : 3, lon: lon || 10, lat: lat || 15, width: 0, height: 0 }
const lang = choose(asked.get('ui') ?? '')
for (const own of ['map', 'ui']) asked.delete(own)
const canvas = /** @type {HTMLCanvasElement} */ (byId('coarse'))
const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))

const colour = (/** @type {string} */ name) => (name === '--sans' ? getComputedStyle(document.body).fontFamily : colourOf(name))

/** @type {any[]} */
let cells = []
/** @type {import('./mercator.js').Base | null} */
let base = null
let is_waiting = false

await speak(lang)
byId('credit').textContent = `${t('embed.credit')} ${t('legend.credit')}`
for (const [id, key] of [['in', 'map.in'], ['out', 'map.out']]) byId(id).setAttribute('aria-label', t(key))
new ResizeObserver(draw).observe(canvas)
basemap().then((atlas) => {
  base = baseOf(atlas)
  draw()
}, problem)
await publicIncidents(asked).then(show, problem)
document.documentElement.dataset.ready = 'true'

/** @param {Awaited<ReturnType<typeof publicIncidents>>} found */
function show({ features, numberMatched, unlocated }) {
  cells = features.toSorted((a, b) => b.properties.count - a.properties.count)
  const words = filterWords(asked)
  byId('told').textContent = [t('out.features', { n: numberMatched, count: number(numberMatched) }), unlocated > 0 && t('status.unlocated', { n: unlocated }), t('embed.coarse'), ...words].filter(Boolean).join(' · ')
  const types = new Set(cells.flatMap(({ properties }) => Object.keys(properties.event_types)))
  byId('types').replaceChildren(...[...types].map((type) => el('span', {}, icon(type), ' ', t(`type.${type}`))))
  canvas.setAttribute('aria-label', `${t('map')}: ${byId('told').textContent}`)
  const head = (/** @type {string} */ key) => el('th', { scope: 'col' }, t(key))
  byId('cells').querySelector('div').replaceChildren(el('table', {},
    el('thead', {}, el('tr', {}, head('field.place'), head('out.what'), head('field.date'), head('evidence.killed'))),
    el('tbody', {}, ...cells.slice(0, MOST_ROWS).map(({ properties }) => el('tr', {},
      el('td', {}, bdi([properties.admin1, country(properties.country)].filter(Boolean).join(t('comma')) || t('embed.several'))),
      el('td', {}, Object.entries(properties.event_types).map(([type, n]) => `${t(`type.${type}`)}: ${number(n)}`).join(t('comma'))),
      el('td', {}, dates(properties.first, properties.last)),
      el('td', {}, number(properties.killed)))))))
  draw()
}

/** @param {Error} error */
function problem(error) {
  byId('told').textContent = `${t('problem')} ${error.message || t('problem.offline')}`
}

/** Once a frame, however much moves. */
function draw() {
  if (is_waiting) return
  is_waiting = true
  requestAnimationFrame(() => {
    is_waiting = false
    const fine = devicePixelRatio || 1
    Object.assign(view, { width: canvas.clientWidth, height: canvas.clientHeight })
    canvas.width = Math.round(view.width * fine)
    canvas.height = Math.round(view.height * fine)
    ctx.setTransform(fine, 0, 0, fine, 0, 0)
    if (base) drawBase(ctx, base, view, colour)
    const at = placing(view)
    for (const { geometry, properties } of cells.toReversed()) pie(at(geometry.coordinates[0], geometry.coordinates[1]), properties)
  })
}

/** Shares of the types around the count. @param {{x: number, y: number}} at @param {{count: number, event_types: Record<string, number>}} cell */
function pie({ x, y }, { count, event_types }) {
  const radius = 9 + 4 * Math.log10(count) * 2
  mix(ctx, Object.entries(event_types), x, y, radius, radius * 0.66, colourOf('--paper'))
  ctx.fillStyle = colourOf('--ink')
  ctx.font = `600 11px ${colour('--sans')}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillText(number(count), x, y + 0.5)
}

/** @param {number} dx pixels to the left @param {number} dy pixels up */
function move(dx, dy) {
  const [x, y] = world(view.lon, view.lat)
  const [lon, lat] = globe(x + dx / side(view.zoom), Math.max(0, Math.min(1, y + dy / side(view.zoom))))
  Object.assign(view, { lon: ((lon + 540) % 360) - 180, lat })
  draw()
}

/** @param {number} by */
function zoomBy(by) {
  view.zoom = Math.max(ZOOM.least, Math.min(ZOOM.most, view.zoom + by))
  draw()
}

const pointers = /** @type {Map<number, {x: number, y: number}>} */ (new Map())
canvas.addEventListener('pointerdown', ({ pointerId, clientX, clientY }) => {
  canvas.setPointerCapture(pointerId)
  pointers.set(pointerId, { x: clientX, y: clientY })
})
canvas.addEventListener('pointermove', ({ pointerId, clientX, clientY }) => {
  const last = pointers.get(pointerId)
  if (!last) return
  const other = [...pointers].find(([id]) => id !== pointerId)?.[1]
  const apart = (/** @type {{x: number, y: number}} */ at) => (other ? Math.hypot(at.x - other.x, at.y - other.y) : 0)
  const now = { x: clientX, y: clientY }
  if (other) zoomBy(Math.log2(apart(now) / Math.max(1, apart(last))))
  else move(last.x - now.x, last.y - now.y)
  pointers.set(pointerId, now)
})
for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, (/** @type {any} */ { pointerId }) => pointers.delete(pointerId))
canvas.addEventListener('wheel', (event) => {
  // A frame inside a long page lets the page scroll, unless the reader means the map.
  if (!event.ctrlKey && document.activeElement !== canvas) return
  event.preventDefault()
  zoomBy(-event.deltaY * WHEEL)
}, { passive: false })
canvas.addEventListener('keydown', (event) => {
  const moves = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-STEP_PX, 0], ArrowRight: [STEP_PX, 0], ArrowUp: [0, -STEP_PX], ArrowDown: [0, STEP_PX] })
  if (moves[event.key]) move(...moves[event.key])
  else if (event.key === '+' || event.key === '=') zoomBy(1)
  else if (event.key === '-') zoomBy(-1)
  else return
  event.preventDefault()
})
byId('in').addEventListener('click', () => zoomBy(1))
byId('out').addEventListener('click', () => zoomBy(-1))
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
