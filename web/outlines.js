// First-level units: their outlines as GeoJSON, and the lines between them for the base map. Read when first needed, since they are large.
import * as api from './api.js'
import { language } from './i18n.js'
import { steps } from './letters.js'

/** Grid steps in a degree, as geodata/gazetteer/outlines.tsv has them. */
const STEPS = 1000

/** @typedef {{country: string, name: string, ar: string, fr: string, rings: number[][][]}} Unit polygons of rings of arcs, `~n` backwards */
/** @typedef {{points: Float64Array, west: number, east: number, north: number, south: number}} Line in parts of the world */
/** @type {Promise<{units: Unit[], arcs: number[][][], lines: Line[]}> | null} */
let asked = null

/** Asks for them, once. */
export function outlines() {
  asked ??= api.outlines().then(({ arcs: written, units }) => {
    const arcs = written.map(points)
    const uses = /** @type {number[]} */ (new Array(arcs.length).fill(0))
    for (const unit of units) for (const polygon of unit[4]) for (const ring of polygon) for (const arc of ring) uses[arc < 0 ? ~arc : arc] += 1
    return {
      arcs,
      units: units.map(([country, name, fr, ar, rings]) => ({ country, name, fr, ar, rings })),
      // What two units share lies between them; the rest is shore or the border of a country.
      lines: arcs.filter((_, i) => uses[i] > 1).map(line),
    }
  })
  // Who asks again after a failure gets another try.
  asked.catch(() => (asked = null))
  return asked
}

/** The units of a country by name, each with its outline. @param {string} code @returns {Promise<Map<string, {name: string, geometry: any}>>} */
export async function unitsOf(code) {
  const { units, arcs } = await outlines()
  return new Map(units.filter(({ country }) => country === code).map((unit) => [unit.name, { name: { ar: unit.ar, fr: unit.fr }[language()] || unit.name, geometry: { type: 'MultiPolygon', coordinates: unit.rings.map((polygon) => polygon.map((ring) => ringOf(ring, arcs))) } }]))
}

/** @param {number[]} ring @param {number[][][]} arcs */
function ringOf(ring, arcs) {
  return ring.flatMap((arc, i) => {
    const points = arc < 0 ? [...arcs[~arc]].reverse() : arcs[arc]
    // An arc begins where the one before ends.
    return i === 0 ? points : points.slice(1)
  })
}

/** @param {string} letters longitude first @returns {number[][]} */
function points(letters) {
  const flat = steps(letters)
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] / STEPS, flat[2 * i + 1] / STEPS])
}

/** @param {number[][]} arc @returns {Line} */
function line(arc) {
  const points = new Float64Array(arc.length * 2)
  arc.forEach(([lon, lat], i) => {
    points[2 * i] = lon / 360 + 0.5
    points[2 * i + 1] = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2
  })
  const [xs, ys] = [points.filter((_, i) => i % 2 === 0), points.filter((_, i) => i % 2 === 1)]
  return { points, west: Math.min(...xs), east: Math.max(...xs), north: Math.min(...ys), south: Math.max(...ys) }
}
