// What leaves the page, and what the gazetteer answers; a part of api.js.
import { ask, askAsEditor, write } from './ask.js'

/** @typedef {import('./api.js').Collection} Collection */
/** @typedef {import('./api.js').Feature} Feature */
/** @typedef {import('./api.js').Changed} Changed */
/** @typedef {{name: string, type: string, href: string}} Format a form in which the server hands a collection out */
/** @typedef {{id: string, point: [number, number], name: string, country: string, label: string, kind: string, population: number | null, confidence: number}} Hit a place of the gazetteer that a search found */
/** @typedef {{place: Feature, near_duplicates: {id: string, name: string, lat: number, lon: number, distance_m: number}[], changed: Changed, affected: Affected[], left_off: number, change?: number}} Tried */
/** @typedef {{id: string, text: string | null, before: Where | null, after: Where | null}} Moved */
/** @typedef {{place_id: string | null, place_name: string | null, lon: number | null, lat: number | null}} Where */
/** @typedef {{report_id: string, mentions: Moved[], incidents: Moved[]}} Affected */
/** @typedef {{number: number, at: string, who: string, what: string, subject: string, detail: string, undoes: number | null}} HistoryRow */
/** @typedef {{ruling: 'pin' | 'reject', name: string, place_id?: string, scope: string, report_id?: string, start?: number, end?: number, source?: string, note?: string}} Correction */

const JSON_BODY = { 'content-type': 'application/json' }
/** Media types of files of places by the end of their name. */
const FILE_TYPES = { csv: 'text/csv', tsv: 'text/csv', json: 'application/json', geojson: 'application/geo+json', jsonld: 'application/ld+json' }

/**
 * The reports that a file of any kind holds, as they can be handed in.
 * @param {string} name @param {ArrayBuffer} bytes @param {string} published
 * @returns {Promise<{reports: object[], refused: {place: string, reason: string}[]}>}
 */
export function takeApart(name, bytes, published) {
  const query = new URLSearchParams({ name, ...(published && { published }) })
  return write(`/api/documents?${query}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: bytes })
}

/** @param {URLSearchParams} filter @param {string} format */
export function fileUrl(filter, format) {
  return `/api/collections/incidents/download?f=${encodeURIComponent(format)}&${filter}`
}

/** In which forms the server hands incidents out. @returns {Promise<Format[]>} */
export async function formats() {
  const { links } = await ask('/api/collections/incidents')
  return links.filter((/** @type {any} */ link) => link.rel === 'enclosure').map((/** @type {any} */ { title, type, href }) => ({ name: title, type, href }))
}

/** What a file would be, with its hash. @param {URLSearchParams} filter @param {string} format @returns {Promise<{dalil: string, filter: Record<string, string>, counts: {features: number}, sha256: string, bytes: number, days: [string, string] | null}>} */
export function manifest(filter, format) {
  return ask(`${fileUrl(filter, format)}&manifest=1`)
}

/** Incidents by the server's own words, the latest first. @param {URLSearchParams} filter @param {number} limit @returns {Promise<Collection>} */
export function incidentsBy(filter, limit) {
  return ask(`/api/collections/incidents/items?${filter}&sortby=-date_start&limit=${limit}`)
}

/** What may be shown to everybody: cells, not places. @param {URLSearchParams} filter @returns {Promise<{features: any[], numberMatched: number, unlocated: number, cell_degrees: number}>} */
export function publicIncidents(filter) {
  return ask(`/api/public/incidents?${filter}`)
}

/** Places by name in any spelling; a beginning is enough. @param {string} text @param {string} lang @returns {Promise<Hit[]>} */
export async function findPlaces(text, lang) {
  const asked = new URLSearchParams({ text, lang, size: '12' })
  // Whole names in any spelling first, then those that only begin so.
  const [whole, begun] = await Promise.all([ask(`/gazetteer/search?${asked}`), ask(`/gazetteer/autocomplete?${asked}`)])
  const hits = [...whole.features, ...begun.features].map(hitOf)
  return hits.filter((hit, n) => hits.findIndex(({ id }) => id === hit.id) === n).slice(0, 12)
}

/** Places by their identifiers. @param {string[]} ids @param {string} lang @returns {Promise<Hit[]>} */
export async function placesBy(ids, lang) {
  return ids.length === 0 ? [] : (await ask(`/gazetteer/place?${new URLSearchParams({ ids: ids.join(), lang })}`)).features.map(hitOf)
}

/** @param {any} feature @returns {Hit} */
function hitOf({ id, geometry, properties }) {
  return { id, point: geometry.coordinates, name: properties.name, country: properties.country_code ?? '', label: properties.label, kind: properties.layer, population: properties.population, confidence: properties.confidence }
}

/** A place with all its names, and the version that a change must name. @param {string} id @returns {Promise<Feature>} */
export function placeOf(id) {
  return ask(`/api/collections/places/items/${encodeURIComponent(id)}`)
}

/** What adding a place would do; nothing is saved. @param {object} feature @returns {Promise<Tried>} */
export function tryPlace(feature) {
  return write('/api/collections/places/items?dry_run=true', { method: 'POST', headers: { 'content-type': 'application/geo+json' }, body: JSON.stringify(feature) })
}

/** Other names for a known place. @param {string} id @param {string} version @param {object[]} names @returns {Promise<Tried>} */
export function renamePlace(id, version, names) {
  const body = JSON.stringify({ properties: { names } })
  return write(`/api/collections/places/items/${encodeURIComponent(id)}`, { method: 'PATCH', headers: { ...JSON_BODY, 'if-match': `"${version}"` }, body })
}

/**
 * Gives a known place the names that it has not got yet; null: it has them all.
 * @param {string} id @param {{name: string, lang?: string}[]} names @returns {Promise<Tried | null>}
 */
export async function addNames(id, names) {
  const { names: known, version } = (await placeOf(id)).properties
  const fresh = names.filter(({ name }, n) => !known.some((/** @type {any} */ each) => each.name === name) && names.findIndex((each) => each.name === name) === n)
  if (fresh.length === 0) return null
  return renamePlace(id, version, [...known.map((/** @type {any} */ { name, lang, kind }) => ({ name, ...(lang ? { lang } : {}), kind })), ...fresh])
}

/** Places around a point, the nearest first. @param {number} lon @param {number} lat @param {string} lang @returns {Promise<{id: string, name: string, distance_m: number}[]>} */
export async function placesAround(lon, lat, lang) {
  const { features } = await ask(`/gazetteer/reverse?${new URLSearchParams({ 'point.lat': String(lat), 'point.lon': String(lon), size: '6', lang })}`)
  return features.map((/** @type {any} */ { id, properties: { name, distance } }) => ({ id, name, distance_m: distance * 1000 }))
}

/** A Latin name in Arabic letters. @param {string} text @param {string} country @returns {Promise<string[]>} */
export async function spellings(text, country) {
  return (await ask(`/gazetteer/spell?${new URLSearchParams({ text, country })}`)).ar
}

/** Names in reports that no place is known for, the most frequent first. @returns {Promise<{value: string, count: number}[]>} */
export async function unresolved() {
  const asked = new URLSearchParams({ properties: 'text', folded: '1', most: '200', filter: UNRESOLVED })
  return (await ask(`/api/collections/mentions/facets?${asked}`)).facets.text.values
}

/** One of the mentions behind such a name. @param {string} name @returns {Promise<Feature | undefined>} */
export async function exampleOf(name) {
  const asked = new URLSearchParams({ limit: '1', filter: `${UNRESOLVED} AND text = '${name.replaceAll("'", "''")}'` })
  return (await ask(`/api/collections/mentions/items?${asked}`)).features[0]
}
/** A name inside the name of a group («Shabab») is not looked for on the map. */
const UNRESOLVED = "place_id IS NULL AND kind <> 'associative'"

/** @param {string} id @returns {Promise<Feature>} */
export function mention(id) {
  return ask(`/api/collections/mentions/items/${encodeURIComponent(id)}`)
}

/** Says what a name means, or only what that would do. @param {Correction} correction @param {boolean} is_dry @returns {Promise<Tried>} */
export function correct(correction, is_dry) {
  return write(`/api/collections/corrections/items${is_dry ? '?dry_run=true' : ''}`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(correction) })
}

/** All changes that people made, the newest first. @returns {Promise<HistoryRow[]>} */
export async function history() {
  return (await ask('/api/history')).changes
}

/** @typedef {{address: string, kind: string, last_success: string | null, last_error: string | null, failures: number, next_try: string | null, read: number}} Watched */

/** Feeds and folders that are followed, by address; refused to who is no editor where tokens are asked for. @returns {Promise<Watched[]>} */
export async function watches() {
  return (await askAsEditor('/api/watches')).watches
}

/** Places out of a file, or only what that would do. @param {File} file @param {boolean} is_dry @returns {Promise<{import: {rows: number, saved: number, unchanged: number, refused: number}, refused: string[], changed: Changed, change?: number}>} */
export function importPlaces(file, is_dry) {
  const end = file.name.toLowerCase().split('.').pop() ?? ''
  const type = /** @type {Record<string, string>} */ (FILE_TYPES)[end] ?? 'text/csv'
  return write(`/api/collections/places/exchange?${new URLSearchParams({ name: file.name, dry_run: String(is_dry) })}`, { method: 'POST', headers: { 'content-type': type }, body: file })
}

/** Where the user's places can be had. @param {'csv' | 'geojson' | 'linked-places'} form */
export function placesUrl(form) {
  return `/api/collections/places/exchange?f=${form}`
}

/** The version of the program. @returns {Promise<string>} */
export async function version() {
  return (await ask('/health')).version
}
