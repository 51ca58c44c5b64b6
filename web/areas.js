// Alternatives to marks on their own spot: areas coloured by how much happened in them, lines between units, chips for whole countries.
import * as api from './api.js'
import { feature } from 'topojson-client'
import { country, number, t } from './i18n.js'
import { outlines, unitsOf } from './outlines.js'
import { colourOf } from './theme.js'

/** Below this zoom whole countries are shaded, above it their first-level units. */
const UNITS_FROM_ZOOM = 5
/** The lines between units are drawn from here on. */
const LINES_FROM_ZOOM = 5
/** Countries whose units are shaded at once: each is a question to the server. */
const COUNTRIES_MOST = 16
const LEVELS = 5

/** @typedef {import('./map.js').MapView} MapView */

/** @param {MapView} map */
export function createAreas(map) {
  /** Outlines of countries, asked for when somebody wants areas. */
  let shapes = /** @type {Promise<Map<string, any>> | null} */ (null)
  let labels = /** @type {Map<string, [number, number]>} */ (new Map())
  let lines = /** @type {import('./outlines.js').Line[]} */ ([])
  let is_asked = false
  let asked = 0
  /** What the chips say, kept for when the base map comes, which knows where countries are. */
  let said = /** @type {() => void} */ (() => {})
  const redraw = map.upon((ctx, view) => view.zoom >= LINES_FROM_ZOOM && paint(ctx, view, lines))

  return {
    /** @param {any} atlas */
    base(atlas) {
      labels = new Map(atlas.labels.map((/** @type {[string, number, number]} */ [code, lon, lat]) => [letters(code), [lon, lat]]))
      said()
    },

    /** Lines between units, once somebody is near enough to see them. */
    async near() {
      if (is_asked || map.zoom() < LINES_FROM_ZOOM) return
      is_asked = true
      lines = (await outlines().catch(() => { is_asked = false; return { lines: [] } })).lines
      redraw()
    },

    /** Shades countries or their units; gives the bounds of the levels, for the legend. @param {boolean} is_on @returns {Promise<void>} */
    async shade(is_on) {
      const mine = ++asked
      if (!is_on) return map.clear('areas')
      shapes ??= countries().catch((problem) => { shapes = null; throw problem })
      const [known, all] = await Promise.all([shapes, api.areas('country')])
      const counted = all.filter(({ value }) => known.has(value))
      let shaded = counted.map(({ value, count }) => ({ geometry: known.get(value), name: country(value), count }))
      if (map.zoom() >= UNITS_FROM_ZOOM) {
        const near = counted.slice(0, COUNTRIES_MOST)
        shaded = (await Promise.all(near.map(async ({ value }) => {
          const [units, counts] = await Promise.all([unitsOf(value), api.areas('admin1', value)])
          return counts.flatMap((each) => {
            const unit = units.get(each.value)
            return unit ? [{ geometry: unit.geometry, name: unit.name, count: each.count }] : []
          })
        }))).flat()
      }
      if (mine !== asked) return
      const most = Math.max(1, ...shaded.map(({ count }) => count))
      map.clear('areas')
      for (const { geometry, name, count } of shaded) {
        map.shade({ geometry, level: levelOf(count, most), label: () => `${name}: ${t('areas.count', { n: count })}` })
      }
    },

    /** Chips for what is told of whole countries. @param {{value: string, count: number}[]} counts @param {(country: string, lon: number, lat: number) => void} open */
    chips(counts, open) {
      said = () => {
        map.clear('chips')
        for (const { value, count } of counts) {
          const at = labels.get(value)
          if (at) map.chip({ lon: at[0], lat: at[1], text: `Σ ${number(count)}`, label: () => `${country(value)}: ${t('chip.count', { n: count })}`, open: () => open(value, ...at) })
        }
      }
      said()
    },
  }
}

/** Outlines of countries by their two letters. @returns {Promise<Map<string, any>>} */
async function countries() {
  const atlas = await api.countries()
  return new Map(atlas.objects.countries.geometries.filter((/** @type {any} */ { id }) => id).map((/** @type {any} */ each) => [letters(each.id), feature(atlas, each)]))
}

/** Natural Earth has numbers where the server has letters; the browser knows both. @param {string} number */
function letters(number) {
  return new Intl.Locale(`und-${number}`).region ?? number
}

/** From 1 to 5, by ratio: what happened is spread so unevenly that equal steps would show the worst area alone. @param {number} count @param {number} most */
function levelOf(count, most) {
  return Math.max(1, Math.ceil((Math.log1p(count) / Math.log1p(most)) * LEVELS))
}

/** @param {CanvasRenderingContext2D} ctx @param {{at: (x: number, y: number) => [number, number], x: number, y: number, width: number, height: number}} view @param {import('./outlines.js').Line[]} lines */
function paint(ctx, { at, x: left, y: top, width, height }, lines) {
  ctx.strokeStyle = colourOf('--border')
  ctx.lineWidth = 0.7
  ctx.setLineDash([3, 3])
  ctx.beginPath()
  for (const { points, west, east, north, south } of lines) {
    const [[x0, y0], [x1, y1]] = [at(west, north), at(east, south)]
    if (x1 < left || x0 > left + width || y1 < top || y0 > top + height) continue
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = at(points[i], points[i + 1])
      if (i === 0) ctx.moveTo(x, y)
      else ctx.lineTo(x, y)
    }
  }
  ctx.stroke()
  ctx.setLineDash([])
}
