// Which names stand on the map: as many as find room, the weightier first. Knows nothing of Leaflet.
import { country, language } from './i18n.js'

/** Countries are named by what is in them once the map shows less than one. */
const COUNTRY_TO_ZOOM = 8
/** Below this zoom the marks themselves say enough. */
const SCENE_FROM_ZOOM = 6
/** A name is measured by its letters: close enough to keep names apart, and no layout is needed. */
const LETTER_PX = 6.6
const LINE_PX = 15
const COUNTRY_LINE_PX = 96
/** From a dot or a mark to its name. */
const GAP_PX = { town: 6, scene: 16 }

/** @typedef {{kind: 'country' | 'town' | 'scene', text: string, lon: number, lat: number, from: number}} Label */
/** @typedef {[number, number, number, string, string, string]} Town longitude, latitude, zoom from which it is named; English, French, Arabic */

/** All names in the reader's language, the weightier first. @param {{labels: [string, number, number, number][], towns: Town[]}} atlas @param {Label[]} scenes places of drawn incidents */
export function candidates({ labels, towns }, scenes) {
  const named = { en: 3, fr: 4, ar: 5 }[language()] ?? 3
  return [
    ...labels.map(([code, lon, lat, from]) => /** @type {Label} */ ({ kind: 'country', text: country(code), lon, lat, from })),
    ...scenes,
    ...towns.map((town) => /** @type {Label} */ ({ kind: 'town', text: town[named] || town[3], lon: town[0], lat: town[1], from: town[2] })),
  ]
}

/** The place of an incident as a label. @param {string} text @param {number} lon @param {number} lat @returns {Label} */
export function scene(text, lon, lat) {
  return { kind: 'scene', text, lon, lat, from: SCENE_FROM_ZOOM }
}

/**
 * Those that are in view and cover no weightier one.
 * @param {Label[]} labels the weightier first
 * @param {{zoom: number, width: number, height: number, at: (lon: number, lat: number) => {x: number, y: number}}} view
 */
export function fitting(labels, { zoom, width, height, at }) {
  /** @type {number[][]} */
  const taken = []
  return labels.filter((label) => {
    if (zoom < label.from || (label.kind === 'country' && zoom > COUNTRY_TO_ZOOM)) return false
    const { x, y } = at(label.lon, label.lat)
    if (x < 0 || y < 0 || x > width || y > height) return false
    const box = boxOf(label, x, y)
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) return false
    taken.push(box)
    return true
  })
}

/** Left, top, right and bottom of a name and its dot on the screen. @param {Label} label @param {number} x @param {number} y */
function boxOf({ kind, text }, x, y) {
  const length = text.length * LETTER_PX
  if (kind === 'country') {
    const lines = Math.ceil(length / COUNTRY_LINE_PX)
    const half = Math.min(length, COUNTRY_LINE_PX) / 2
    return [x - half, y - (lines * LINE_PX) / 2, x + half, y + (lines * LINE_PX) / 2]
  }
  const gap = GAP_PX[kind]
  return [x - gap, y - LINE_PX / 2, x + gap + length, y + LINE_PX / 2]
}
