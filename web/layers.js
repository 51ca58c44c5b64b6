// What is drawn for an incident and for a mention: groups, shapes, sizes. Knows nothing of Leaflet.
import { bdi, el, inert } from './dom.js'
import { country, dates, has, language, t } from './i18n.js'
import { scene } from './labels.js'

/** A radius below this is as good as a point at any zoom the page offers; above it the circle is drawn. */
export const CIRCLE_FROM_M = 3000
/** Marks of one spot stand around it like the seeds of a sunflower, this many pixels apart. */
const SPREAD_PX = 10
/** How far a mention's dot steps aside, right and down, from an incident's mark. */
const ASIDE_PX = 13
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))

/** Outlines in a box from -1 to 1, one for each event type, so that colour is never the only sign. */
const SHAPES = {
  Battles: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]],
  'Explosions/Remote violence': star(8, 1.2, 0.62),
  'Violence against civilians': [[0, -1.1], [1.1, 0.85], [-1.1, 0.85]],
  Protests: ring(20, 0.95),
  Riots: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  'Strategic developments': star(5, 1.2, 0.5),
}
/** Class names by event type; colours are variables of style.css. */
const CLASSES = { Battles: 'battles', 'Explosions/Remote violence': 'explosions', 'Violence against civilians': 'civilians', Protests: 'protests', Riots: 'riots', 'Strategic developments': 'strategic' }

/** @typedef {import('./api.js').Incident} Incident */
/** @typedef {'drawn' | 'unlocated' | 'aggregate' | 'background' | 'not_happened'} Group */
export const GROUPS = /** @type {Group[]} */ (['drawn', 'unlocated', 'aggregate', 'background', 'not_happened'])

/** Where an incident belongs. Only the first group is on the map: totals, denials and threats are no points. @param {Incident} incident @returns {Group} */
export function groupOf({ geometry, properties: { granularity, status } }) {
  if (granularity === 'aggregate' || granularity === 'background') return granularity
  if (status !== 'asserted' && status !== 'claimed') return 'not_happened'
  return geometry ? 'drawn' : 'unlocated'
}

/** @param {string} event_type */
export function classOf(event_type) {
  return /** @type {Record<string, string>} */ (CLASSES)[event_type] ?? 'strategic'
}

/** @param {string} event_type */
export function shapeOf(event_type) {
  return /** @type {Record<string, number[][]>} */ (SHAPES)[event_type] ?? SHAPES.Riots
}

/** A mark for lists and legends. @param {string} event_type @param {string} [more] further classes */
export function icon(event_type, more = '') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '-1.4 -1.4 2.8 2.8')
  svg.setAttribute('class', `icon mark ${classOf(event_type)} ${more}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'))
  path.setAttribute('d', `M${shapeOf(event_type).map((p) => p.map((v) => v.toFixed(2)).join(' ')).join('L')}Z`)
  return svg
}

/** The name of an event type or sub-type in the reader's language. @param {Incident['properties']} properties */
export function kindOf({ event_type, sub_event_type }) {
  const key = sub_event_type ? `sub.${sub_event_type}` : `type.${event_type}`
  return has(key) ? t(key) : inert(sub_event_type ?? event_type)
}

/** The place as the reader's own language writes it: as the report did when it is written in that language. @param {{place_name: string | null, place_surface: string | null, lang: string}} properties */
export function placeOf({ place_name, place_surface, lang }) {
  return place_surface && (!place_name || lang === language()) ? place_surface : place_name
}

/** The further places of an incident by name. @param {Incident['properties']} properties */
export function othersOf({ other_places, lang }) {
  return (other_places ?? []).map((other) => placeOf({ ...other, lang })).filter((name) => name !== null)
}

/** The places, first-level unit and country, each in a direction of its own; nothing if the report names none. @param {Incident['properties']} properties */
export function whereOf(properties) {
  const { place_name, admin1, country: code } = properties
  const parts = [placeOf(properties), ...othersOf(properties), admin1 !== place_name ? admin1 : null, country(code)].filter((part) => part)
  return parts.length > 0 ? el('span', { class: 'where' }, ...parts.flatMap((part, i) => [i > 0 && t('comma'), bdi(part ?? '')])) : null
}

/**
 * Draws the incidents; returns the spots where marks stand.
 * @param {import('./map.js').MapView} map
 * @param {Incident[]} incidents
 * @param {{open: (id: string, at: [number, number]) => void, hover: (id: string | null) => void}} on
 */
export function drawIncidents(map, incidents, on) {
  map.clear('incidents')
  map.clear('precision')
  const spots = /** @type {Map<string, number>} */ (new Map())
  const names = []
  for (const incident of incidents) {
    if (groupOf(incident) !== 'drawn') continue
    const properties = incident.properties
    const classes = `${classOf(properties.event_type)} ${properties.status}`
    if (incident.geometry.type.endsWith('Polygon')) map.area('precision', { geometry: incident.geometry, className: `precision region ${classes}`, id: incident.id })
    for (const { lon, lat, name, radius_m, geo_precision } of placesOf(incident)) {
      const key = spotOf([lon, lat])
      const nth = spots.get(key) ?? 0
      spots.set(key, nth + 1)
      const is_region = geo_precision === 3
      if (nth === 0 && !is_region) names.push(scene(inert(name ?? ''), lon, lat))
      if (!incident.geometry.type.endsWith('Polygon') && (radius_m ?? 0) >= CIRCLE_FROM_M) {
        map.circle('precision', { lon, lat, radius_m: radius_m ?? 0, className: `precision ${is_region ? 'region' : ''} ${classes}`, id: incident.id })
      }
      map.mark('incidents', {
        id: incident.id, lon, lat,
        dx: Math.cos(nth * GOLDEN_ANGLE) * SPREAD_PX * Math.sqrt(nth * 2),
        dy: Math.sin(nth * GOLDEN_ANGLE) * SPREAD_PX * Math.sqrt(nth * 2),
        shape: shapeOf(properties.event_type), size: sizeOf(properties), className: `mark ${classes}`,
        label: () => [kindOf(properties), whereOf(properties)?.textContent, dates(properties.date_start, properties.date_end).textContent].filter(Boolean).join(' · '),
        open: () => on.open(incident.id, [lon, lat]), hover: (is_over) => on.hover(is_over ? incident.id : null),
      })
    }
  }
  map.scenes(names.filter(({ text }) => text))
  return spots
}

/**
 * Draws the mentions, those of one spot as one dot with their count.
 * @param {import('./map.js').MapView} map
 * @param {import('./api.js').Feature[]} mentions
 * @param {Map<string, number>} taken spots with marks of incidents; the dot steps aside there
 * @param {(spot: import('./api.js').Feature[]) => void} open
 */
export function drawMentions(map, mentions, taken, open) {
  map.clear('mentions')
  const spots = /** @type {Map<string, import('./api.js').Feature[]>} */ (new Map())
  for (const mention of mentions) {
    if (!mention.geometry) continue
    const key = spotOf(mention.geometry.coordinates)
    spots.set(key, [...(spots.get(key) ?? []), mention])
  }
  for (const [key, spot] of spots) {
    const [lon, lat] = spot[0].geometry.coordinates
    const is_associative = spot.every((mention) => mention.properties.kind === 'associative')
    map.badge('mentions', { lon, lat, count: spot.length, aside: taken.has(key) ? ASIDE_PX : 0, className: `mention${is_associative ? ' associative' : ''}`, label: () => t('mentions.at', { n: spot.length, place: spot[0].properties.place_name ?? '' }), open: () => open(spot) })
  }
}

/** Names a spot: points less than about ten metres apart are one. @param {number[]} point */
function spotOf([lon, lat]) {
  return `${lon.toFixed(4)},${lat.toFixed(4)}`
}

/** Every place of an incident that is drawn, the main one first. @param {Incident} incident */
export function placesOf(incident) {
  const { other_places, lang, radius_m, geo_precision } = incident.properties
  const [lon, lat] = pointOf(incident)
  const others = (other_places ?? []).flatMap((other) => (other.lon === null || other.lat === null ? [] : [{ lon: other.lon, lat: other.lat, name: placeOf({ ...other, lang }), radius_m: other.radius_m, geo_precision: other.geo_precision }]))
  return [{ lon, lat, name: placeOf(incident.properties), radius_m, geo_precision }, ...others]
}

/** Longitude and latitude at which an incident's mark stands, the main one of several. @param {Incident} incident @returns {[number, number]} */
export function pointOf({ geometry, properties: { lon, lat } }) {
  if (geometry.type === 'Point') return geometry.coordinates
  if (lon !== null && lat !== null) return [lon, lat]
  const ring = geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates[0][0]
  const middle = (/** @type {number} */ axis) => (Math.min(...ring.map((/** @type {number[]} */ p) => p[axis])) + Math.max(...ring.map((/** @type {number[]} */ p) => p[axis]))) / 2
  return [middle(0), middle(1)]
}

/** Pixels from the middle of a mark to its edge: three steps by the number of killed. @param {{killed_high: number | null, killed_low: number | null}} properties */
export function sizeOf({ killed_high, killed_low }) {
  const killed = killed_high ?? killed_low ?? 0
  return killed >= 50 ? 11 : killed >= 10 ? 8.5 : 6.5
}


/** @param {number} count @param {number} radius */
function ring(count, radius) {
  return Array.from({ length: count }, (_, i) => [Math.sin((i / count) * 2 * Math.PI) * radius, -Math.cos((i / count) * 2 * Math.PI) * radius])
}

/** @param {number} points @param {number} outer @param {number} inner */
function star(points, outer, inner) {
  return ring(points * 2, 1).map(([x, y], i) => [x * (i % 2 ? inner : outer), y * (i % 2 ? inner : outer)])
}
