// The base map on a canvas without Leaflet: for pictures, paper and the small map for other pages.
import { paintGround, unpack } from './ground.js'
import { candidates, fitting } from './labels.js'

const TILE_PX = 256
const EQUATOR_M = 40_075_016.686
/** The map ends where it is square. */
const MAX_LAT = 85.0511
/** Lengths of a scale bar, metres: the longest that is shorter than this many pixels. */
const SCALE_PX = 120

/** @typedef {{zoom: number, lon: number, lat: number, width: number, height: number}} View what is seen, in pixels of the style sheet */
/** @typedef {{ground: import('./ground.js').Ground, atlas: any}} Base */

/** Longitude and latitude as parts of a world of side 1. @param {number} lon @param {number} lat @returns {[number, number]} */
export function world(lon, lat) {
  const sine = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180)
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)]
}

/** @param {number} x @param {number} y @returns {[number, number]} longitude and latitude */
export function globe(x, y) {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI]
}

/** Side of the whole world in pixels. @param {number} zoom */
export function side(zoom) {
  return TILE_PX * 2 ** zoom
}

/** Where a point lies in the view, in the copy of the world that is nearest to its middle. @param {View} view @returns {(lon: number, lat: number) => {x: number, y: number}} */
export function placing({ zoom, lon, lat, width, height }) {
  const scale = side(zoom)
  const [middleX, middleY] = world(lon, lat)
  return (lon, lat) => {
    const [x, y] = world(lon, lat)
    const away = x - middleX
    return { x: (away - Math.round(away)) * scale + width / 2, y: (y - middleY) * scale + height / 2 }
  }
}

/** Metres in a pixel. @param {number} zoom @param {number} lat */
export function metres(zoom, lat) {
  return (Math.cos((lat * Math.PI) / 180) * EQUATOR_M) / side(zoom)
}

/** The base map, ready to be painted. @param {any} atlas @returns {Base} */
export function baseOf(atlas) {
  return { ground: unpack(atlas), atlas }
}

/**
 * Draws sea, land, borders and names; the canvas is that of the view, perhaps in finer pixels.
 * @param {CanvasRenderingContext2D} ctx @param {Base} base @param {View} view @param {(name: string) => string} colour of style.css
 * @param {import('./labels.js').Label[]} [scenes] names that come before those of towns
 */
export function drawBase(ctx, base, view, colour, scenes = []) {
  const { zoom, lon, lat, width, height } = view
  const scale = side(zoom)
  const [x, y] = world(lon, lat)
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, 0, width, height)
  ctx.clip()
  ctx.fillStyle = colour('--sea')
  ctx.fillRect(0, 0, width, height)
  for (const copy of [-1, 0, 1]) {
    const left = (copy - x) * scale + width / 2
    // Land that crosses the antimeridian runs on beyond its world, so the neighbours are drawn when they may be seen.
    if (left > width + scale / 8 || left + scale < -scale / 8) continue
    paintGround(ctx, base.ground, { side: scale, dx: left, dy: height / 2 - y * scale, x: 0, y: 0, width, height }, colour)
  }
  const at = placing(view)
  for (const { kind, text, lon, lat } of fitting(candidates(base.atlas, scenes), { zoom: Math.round(zoom), width, height, at })) name(ctx, kind, text, at(lon, lat), colour)
  ctx.restore()
}

/** @param {CanvasRenderingContext2D} ctx @param {string} kind @param {string} text @param {{x: number, y: number}} at @param {(name: string) => string} colour */
function name(ctx, kind, text, { x, y }, colour) {
  ctx.font = `${kind === 'scene' ? 600 : kind === 'country' ? 500 : 400} ${kind === 'country' ? 12 : 11}px ${colour('--sans')}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = kind === 'country' ? 'center' : 'left'
  ctx.lineWidth = 3
  ctx.lineJoin = 'round'
  ctx.strokeStyle = colour('--land')
  ctx.fillStyle = colour(kind === 'scene' ? '--ink' : '--country')
  if (kind === 'town') {
    ctx.beginPath()
    ctx.arc(x, y, 2, 0, 2 * Math.PI)
    ctx.fill()
  }
  const left = x + (kind === 'town' ? 6 : kind === 'scene' ? 16 : 0)
  ctx.strokeText(text, left, y)
  ctx.fillText(text, left, y)
}

/** A round length that fits a scale bar, with its pixels. @param {View} view */
export function scaleBar({ zoom, lat }) {
  const most = metres(zoom, lat) * SCALE_PX
  const power = 10 ** Math.floor(Math.log10(most))
  const length = [5, 2, 1].map((step) => step * power).find((length) => length <= most) ?? power
  return { length, pixels: length / metres(zoom, lat) }
}
