// How marks look on a canvas: rings with their count, single incidents in their own shape, or heat. Knows nothing of Leaflet.
import { colourOf } from './theme.js'
import { compact } from './i18n.js'
import { CIRCLE_FROM_M, classOf, shapeOf, sizeOf } from './layers.js'

/** @typedef {import('./tiles.js').Mark} Mark */
/** @typedef {{marks: Mark[], at: (x: number, y: number) => [number, number], zoom: number, width: number, height: number}} Scene `at` gives pixels */

/** Half a ring's width by its count: two marks of neighbouring cells hardly touch. */
const RING_PX = { least: 11, most: 30, each: 2.2, width: 5 }
const WORLD_M = 40_075_017
/** A circle wider than this fills the screen and says nothing. */
const CIRCLE_MOST_PX = 600
const HEAT_PX = 46
/** Heat is soft: painted small and stretched it costs a sixteenth. */
const HEAT_SHRUNK = 4

/** How far from its middle a mark answers the pointer. @param {Mark} mark */
export function reachOf({ count, killed }) {
  return count === 1 ? sizeOf({ killed_high: killed, killed_low: null }) + 3 : ringOf(count)
}

/** @param {number} count */
function ringOf(count) {
  return Math.min(RING_PX.most, RING_PX.least + RING_PX.each * Math.log2(count))
}

/** @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {Mark | null} lit the mark under the pointer */
export function paintMarks(ctx, { marks, at, zoom }, lit) {
  const ink = { paper: colourOf('--paper'), text: colourOf('--ink'), halo: colourOf('--halo'), line: colourOf('--quiet') }
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  // The greater stand above the smaller.
  for (const mark of [...marks].sort((a, b) => a.count - b.count)) {
    const [x, y] = at(mark.x, mark.y)
    if (mark.count === 1) single(ctx, mark, x, y, zoom, ink, mark === lit)
    else ring(ctx, mark, x, y, ink, mark === lit)
  }
}

/** A ring of the shares of types. @param {CanvasRenderingContext2D} ctx @param {[string, number][]} kinds @param {number} x @param {number} y @param {number} radius @param {number} inner @param {string} paper within it */
export function mix(ctx, kinds, x, y, radius, inner, paper) {
  let from = -Math.PI / 2
  const sum = kinds.reduce((all, [, n]) => all + n, 0)
  for (const [type, n] of kinds) {
    const to = from + (n / sum) * 2 * Math.PI
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.arc(x, y, radius, from, to)
    ctx.fillStyle = colourOf(`--${classOf(type)}`)
    ctx.fill()
    from = to
  }
  ctx.beginPath()
  ctx.arc(x, y, inner, 0, 2 * Math.PI)
  ctx.fillStyle = paper
  ctx.fill()
}

/** @param {CanvasRenderingContext2D} ctx @param {Mark} mark @param {number} x @param {number} y @param {Record<string, string>} ink @param {boolean} is_lit */
function ring(ctx, { count, kinds }, x, y, ink, is_lit) {
  const radius = ringOf(count)
  ctx.beginPath()
  ctx.arc(x, y, radius + 1.5, 0, 2 * Math.PI)
  ctx.fillStyle = is_lit ? ink.text : ink.halo
  ctx.fill()
  mix(ctx, kinds, x, y, radius, radius - RING_PX.width, ink.paper)
  ctx.fillStyle = ink.text
  ctx.font = `600 ${radius < 15 ? 10 : 12}px system-ui, sans-serif`
  ctx.fillText(compact(count), x, y + 0.5)
}

/** @param {CanvasRenderingContext2D} ctx @param {Mark} mark @param {number} x @param {number} y @param {number} zoom @param {Record<string, string>} ink @param {boolean} is_lit */
function single(ctx, { killed, told, y: part }, x, y, zoom, ink, is_lit) {
  const colour = colourOf(`--${classOf(told.event_type)}`)
  const size = sizeOf({ killed_high: killed, killed_low: null }) * (is_lit ? 1.4 : 1)
  const radius = pixels(told.radius_m ?? 0, part, zoom)
  if ((told.radius_m ?? 0) >= CIRCLE_FROM_M && radius > size && radius < CIRCLE_MOST_PX) {
    ctx.beginPath()
    ctx.arc(x, y, radius, 0, 2 * Math.PI)
    ctx.setLineDash(told.geo_precision === 3 ? [6, 5] : [])
    ctx.globalAlpha = 0.6
    ctx.lineWidth = 1.2
    ctx.strokeStyle = colour
    ctx.stroke()
    ctx.globalAlpha = 0.06
    ctx.fillStyle = colour
    ctx.fill()
    ctx.globalAlpha = 1
    ctx.setLineDash([])
  }
  ctx.beginPath()
  shapeOf(told.event_type).forEach(([dx, dy], i) => ctx[i ? 'lineTo' : 'moveTo'](x + dx * size, y + dy * size))
  ctx.closePath()
  const is_claimed = told.status === 'claimed'
  ctx.fillStyle = is_claimed ? ink.paper : colour
  ctx.strokeStyle = is_claimed ? colour : is_lit ? ink.text : ink.halo
  ctx.lineWidth = is_claimed ? 2.6 : 1.4
  ctx.fill()
  ctx.stroke()
}

/** Metres on the ground as pixels of the map. @param {number} metres @param {number} part of the world's height from the north @param {number} zoom */
function pixels(metres, part, zoom) {
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - 2 * part)))
  return (metres / (WORLD_M * Math.cos(latitude))) * 256 * 2 ** zoom
}

/** @param {CanvasRenderingContext2D} ctx @param {Scene} scene @param {{x: number, y: number}} origin the canvas's upper left corner, in pixels of `at` */
export function paintHeat(ctx, { marks, at, width, height }, origin) {
  const most = marks.reduce((max, { count }) => Math.max(max, count), 1)
  const small = document.createElement('canvas')
  small.width = Math.ceil(width / HEAT_SHRUNK)
  small.height = Math.ceil(height / HEAT_SHRUNK)
  const soft = /** @type {CanvasRenderingContext2D} */ (small.getContext('2d', { willReadFrequently: true }))
  const radius = HEAT_PX / HEAT_SHRUNK
  for (const mark of marks) {
    const [x, y] = at(mark.x, mark.y).map((v, i) => (v - (i ? origin.y : origin.x)) / HEAT_SHRUNK)
    const glow = soft.createRadialGradient(x, y, 0, x, y, radius)
    // Ten times as many are not ten times as warm: the eye compares by ratio.
    glow.addColorStop(0, `rgb(0 0 0 / ${0.15 + 0.75 * (Math.log1p(mark.count) / Math.log1p(most))})`)
    glow.addColorStop(1, 'rgb(0 0 0 / 0)')
    soft.fillStyle = glow
    soft.fillRect(x - radius, y - radius, 2 * radius, 2 * radius)
  }
  const image = soft.getImageData(0, 0, small.width, small.height)
  const steps = HEAT.map(rgb)
  for (let i = 0; i < image.data.length; i += 4) {
    const warmth = image.data[i + 3] / 255
    if (warmth === 0) continue
    const at = warmth * (steps.length - 1)
    const [low, high] = [steps[Math.floor(at)], steps[Math.ceil(at)]]
    for (let c = 0; c < 3; c++) image.data[i + c] = low[c] + (high[c] - low[c]) * (at % 1)
    image.data[i + 3] = Math.min(215, 90 + warmth * 160) * Math.min(1, warmth * 8)
  }
  soft.putImageData(image, 0, 0)
  ctx.imageSmoothingEnabled = true
  ctx.drawImage(small, origin.x, origin.y, small.width * HEAT_SHRUNK, small.height * HEAT_SHRUNK)
}

/** From cold to warm, ever darker, so that it is read without colours too: ColorBrewer's YlOrRd. */
const HEAT = ['#ffffb2', '#fed976', '#feb24c', '#fd8d3c', '#f03b20', '#bd0026']

/** @param {string} hex */
function rgb(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
}
