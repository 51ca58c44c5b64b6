// The marks of the server's vector tiles: what lies close together is one mark with its count, its toll and the mix of its types.
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { EVENT_TYPES, tile, tileQuery } from './api.js'

/** Tiles are drawn at twice their size: marks that stand for many then have room for their count. */
const COARSER = 1
/** From this zoom on only what lies on the very same spot is one mark, so tiles are drawn at their own size. */
const APART_ZOOM = 13
/** Tiles kept: some screens around, at two or three zooms. */
const KEPT = 400
/** More marks than this in view are put together on the page too. */
export const MARKS_MOST = 2000

/**
 * @typedef {object} Mark
 * @property {number} x parts of the world's width from the west
 * @property {number} y parts of its height from the north
 * @property {number} count
 * @property {number} killed
 * @property {[string, number][]} kinds event types with their counts
 * @property {string} [id] of a single incident
 * @property {Record<string, any>} told what the tile tells of a single incident
 * @property {number} span how wide its cell is, in parts of the world
 */

/** @type {Map<string, {marks: Mark[] | null, at: Promise<void> | null, stop: AbortController}>} */
const kept = new Map()

/** Forgets all tiles: the store has changed. */
export function forget() {
  for (const { stop } of kept.values()) stop.abort()
  kept.clear()
}

/**
 * The marks of a part of the world: those that are here at once, and a promise of the others.
 * @param {{west: number, east: number, north: number, south: number}} box parts of the world
 * @param {number} zoom of the map
 */
export function marksIn(box, zoom) {
  const query = tileQuery()
  if (query === null) return { marks: [], rest: null }
  const z = zoom >= APART_ZOOM ? zoom : Math.max(0, zoom - COARSER)
  const side = 2 ** z
  const within = (/** @type {number} */ part) => Math.max(0, Math.min(side - 1, Math.floor(part * side)))
  const wanted = []
  for (let x = within(box.west); x <= within(box.east); x++) for (let y = within(box.north); y <= within(box.south); y++) wanted.push([x, y])
  const tiles = wanted.map(([x, y]) => of(query, z, x, y))
  // What nobody looks at any more is not waited for.
  const keys = new Set(wanted.map(([x, y]) => keyOf(query, z, x, y)))
  for (const [key, { at, stop }] of kept) if (at && !keys.has(key)) { stop.abort(); kept.delete(key) }
  while (kept.size > Math.max(KEPT, wanted.length)) kept.delete(/** @type {string} */ (kept.keys().next().value))
  const waiting = tiles.flatMap(({ at }) => at ?? [])
  const is_seen = (/** @type {Mark} */ { x, y }) => x >= box.west && x <= box.east && y >= box.north && y <= box.south
  return { marks: fewer(tiles.flatMap(({ marks }) => marks ?? []).filter(is_seen), box), rest: waiting.length > 0 ? Promise.all(waiting) : null }
}

/** @param {string} query @param {number} z @param {number} x @param {number} y */
function keyOf(query, z, x, y) {
  return `${z}/${x}/${y}?${query}`
}

/** @param {string} query @param {number} z @param {number} x @param {number} y */
function of(query, z, x, y) {
  const key = keyOf(query, z, x, y)
  const known = kept.get(key)
  if (known) {
    // The tile looked at last is the last to go.
    kept.delete(key)
    kept.set(key, known)
    return known
  }
  const stop = new AbortController()
  const made = /** @type {{marks: Mark[] | null, at: Promise<void> | null, stop: AbortController}} */ ({ marks: null, at: null, stop })
  made.at = tile(query, z, x, y, stop.signal).then((bytes) => {
    made.marks = bytes ? read(bytes, z, x, y) : []
    made.at = null
  }).catch((problem) => {
    kept.delete(key)
    if (problem.name !== 'AbortError') throw problem
  })
  kept.set(key, made)
  return made
}

/** @param {ArrayBuffer} bytes @param {number} z @param {number} x @param {number} y @returns {Mark[]} */
function read(bytes, z, x, y) {
  const CELLS = 6
  const layer = new VectorTile(new PbfReader(bytes)).layers.incidents
  const side = 2 ** z
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => {
    const feature = layer.feature(i)
    const { count, killed = 0, id, ...told } = /** @type {Record<string, any>} */ (feature.properties)
    const [[point]] = feature.loadGeometry()
    const kinds = /** @type {[string, number][]} */ (id ? [[told.event_type, 1]] : EVENT_TYPES.flatMap((type) => (told[type] ? [[type, told[type]]] : [])))
    return { x: (x + point.x / layer.extent) / side, y: (y + point.y / layer.extent) / side, count, killed, kinds, id, told, span: 1 / side / CELLS }
  })
}

/** Puts neighbours together until there are few enough to draw. @param {Mark[]} marks @param {{west: number, east: number, north: number, south: number}} box */
export function fewer(marks, { west, east, north, south }) {
  if (marks.length <= MARKS_MOST) return marks
  const across = Math.floor(Math.sqrt(MARKS_MOST))
  const cells = /** @type {Map<string, Mark>} */ (new Map())
  for (const mark of marks) {
    const key = `${Math.floor(((mark.x - west) / (east - west)) * across)} ${Math.floor(((mark.y - north) / (south - north)) * across)}`
    const sum = cells.get(key)
    cells.set(key, sum ? joined(sum, mark) : mark)
  }
  return [...cells.values()]
}

/** @param {Mark} a @param {Mark} b @returns {Mark} */
function joined(a, b) {
  const count = a.count + b.count
  const kinds = new Map(a.kinds)
  for (const [type, n] of b.kinds) kinds.set(type, (kinds.get(type) ?? 0) + n)
  return { x: (a.x * a.count + b.x * b.count) / count, y: (a.y * a.count + b.y * b.count) / count, count, killed: a.killed + b.killed, kinds: [...kinds], told: {}, span: Math.max(a.span, b.span) }
}
