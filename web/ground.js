// Land, lakes, rivers and borders, painted on any canvas. Knows nothing of Leaflet.
import { steps } from './letters.js'

/** Steps across the world, as atlas.mjs writes them. */
const STEPS = 2 ** 18
/** Points nearer than this to the one before are not seen. */
const FINE_PX = 0.8
/** Rivers are lines without end below this zoom. */
const RIVERS_FROM_ZOOM = 4
/** Below this zoom shores and borders are as thin as the screen can: a world of wider lines takes ten times as long to paint. */
const WIDE_FROM_ZOOM = 5
/** Pixels beyond the canvas at which a line may be cut short; as wide as any stroke. */
const EDGE_PX = 4

/** @typedef {{points: Float64Array, west: number, east: number, north: number, south: number}} Line in parts of the world */
/** @typedef {{land: Line[], borders: Line[], lakes: Line[], rivers: Line[]}} Ground */
/** @typedef {{side: number, dx: number, dy: number, x: number, y: number, width: number, height: number}} Frame a world of `side` pixels that begins at `dx`, `dy`; what is seen of it */

/** @param {Record<keyof Ground, string[]>} atlas what build.mjs writes @returns {Ground} */
export function unpack({ land, borders, lakes, rivers }) {
  return { land: land.map(line), borders: borders.map(line), lakes: lakes.map(line), rivers: rivers.map(line) }
}

/** @param {string} letters @returns {Line} */
function line(letters) {
  const points = steps(letters)
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < points.length; i += 2) {
    const x = (points[i] /= STEPS)
    const y = (points[i + 1] /= STEPS)
    if (x < west) west = x
    if (x > east) east = x
    if (y < north) north = y
    if (y > south) south = y
  }
  return { points, west, east, north, south }
}

/** @param {CanvasRenderingContext2D} ctx @param {Ground} ground @param {Frame} frame @param {(name: string) => string} colour of style.css */
export function paintGround(ctx, { land, borders, lakes, rivers }, frame, colour) {
  const zoom = Math.log2(frame.side / 256)
  const shore = path(land, frame)
  const hair = 1 / ctx.getTransform().a
  const wide = (/** @type {number} */ width) => (zoom < WIDE_FROM_ZOOM ? hair : width)
  ctx.fillStyle = colour('--land')
  ctx.fill(shore, 'evenodd')
  if (zoom > RIVERS_FROM_ZOOM - 0.5) stroke(ctx, path(rivers, frame), colour('--river'), Math.min(1.8, 0.8 + 0.2 * (zoom - RIVERS_FROM_ZOOM)))
  const lake = path(lakes, frame)
  ctx.fillStyle = colour('--sea')
  ctx.fill(lake, 'evenodd')
  stroke(ctx, lake, colour('--shore'), wide(0.6))
  stroke(ctx, shore, colour('--shore'), wide(0.8))
  stroke(ctx, path(borders, frame), colour('--border'), wide(0.9))
}

/** @param {CanvasRenderingContext2D} ctx @param {Path2D} path @param {string} colour @param {number} width */
function stroke(ctx, path, colour, width) {
  ctx.strokeStyle = colour
  ctx.lineWidth = width
  ctx.stroke(path)
}

/** What of some lines is in view, with the points that can be seen. @param {Line[]} lines @param {Frame} frame */
export function path(lines, { side, dx, dy, x, y, width, height }) {
  const out = new Path2D()
  const [left, top, right, bottom] = [x - EDGE_PX, y - EDGE_PX, x + width + EDGE_PX, y + height + EDGE_PX]
  for (const { points, west, east, north, south } of lines) {
    if (east * side + dx < left || west * side + dx > right || south * side + dy < top || north * side + dy > bottom) continue
    // An island smaller than a point.
    if ((east - west) * side < FINE_PX && (south - north) * side < FINE_PX) continue
    const last = points.length - 2
    let [seenX, seenY, seenOut] = [0, 0, 0]
    // Points that all lie beyond the same edge are waited for: only the last of them counts.
    let [waits, waitX, waitY] = [false, 0, 0]
    for (let i = 0; i <= last; i += 2) {
      const px = points[i] * side + dx
      const py = points[i + 1] * side + dy
      const is_out = (px < left ? 1 : px > right ? 2 : 0) | (py < top ? 4 : py > bottom ? 8 : 0)
      if (i === 0) out.moveTo(px, py)
      else if ((seenOut & is_out) !== 0 && i < last) {
        ;[waits, waitX, waitY, seenOut] = [true, px, py, seenOut & is_out]
        continue
      } else if (i < last && !waits && Math.abs(px - seenX) + Math.abs(py - seenY) < FINE_PX) continue
      else {
        if (waits) out.lineTo(waitX, waitY)
        out.lineTo(px, py)
      }
      ;[seenX, seenY, seenOut, waits] = [px, py, is_out, false]
    }
  }
  return out
}
