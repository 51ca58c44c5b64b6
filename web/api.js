// The only file that asks the server. The shapes are those of the machine interface, field for field.

/**
 * @typedef {{low: number | null, high: number | null, who: string}} TollPart
 * @typedef {{text: string, start: number, lang: string}} Excerpt a sentence of the report; `start` in code points
 * @typedef {{start: number, end: number, field: string, text?: string}} Evidence code points of the report, end exclusive
 * @typedef {{place_name: string | null, place_surface: string | null, lat: number | null, lon: number | null, radius_m: number | null, geo_precision: number | null, country: string | null, admin1: string | null}} OtherPlace
 * @typedef {object} IncidentProperties
 * @property {string} [cluster_id] the event that it tells, with other incidents or alone
 * @property {string} event_type
 * @property {string | null} sub_event_type
 * @property {string} status
 * @property {string} granularity
 * @property {string | null} date_start
 * @property {string | null} date_end
 * @property {number | null} time_precision
 * @property {string | null} place_name
 * @property {string | null} place_surface
 * @property {string | null} country
 * @property {string | null} admin1
 * @property {OtherPlace[]} other_places where else the same event was
 * @property {boolean} toll_shared its tolls are those of all its places together
 * @property {number | null} lat
 * @property {number | null} lon
 * @property {number | null} radius_m
 * @property {number | null} geo_precision
 * @property {{name: string, role: string, text: string}[]} actors
 * @property {number | null} killed_low
 * @property {number | null} killed_high
 * @property {string | null} killed_qualifier
 * @property {TollPart[]} killed_detail
 * @property {{by: string | null, low: number | null, high: number | null}[]} killed_told rival figures and who gives them
 * @property {string | null} mode
 * @property {string | null} claimed_by
 * @property {string[]} attribution
 * @property {number | null} crowd_low
 * @property {number | null} crowd_high
 * @property {number | null} injured_low
 * @property {number | null} injured_high
 * @property {number | null} abducted_low
 * @property {number | null} abducted_high
 * @property {number} confidence
 * @property {string | null} notes
 * @property {string} report_id
 * @property {string | null} report_title
 * @property {string | null} published
 * @property {string | null} source
 * @property {string | null} url
 * @property {string} lang
 * @property {Excerpt | null} excerpt
 * @property {Evidence[]} evidence
 * @property {{fields: string[], verdict: 'confirmed' | 'rejected' | null, note: string, by: string, version: string}} [corrected] what a person says of it
 * @typedef {{type: 'Feature', id: string, geometry: any, properties: IncidentProperties}} Incident
 * @typedef {{type: 'Feature', id: string, geometry: any, properties: any}} Feature
 * @typedef {{type: 'FeatureCollection', features: any[], numberMatched: number, numberReturned: number}} Collection
 * @typedef {{what: string, weight: number}} Reason
 * @typedef {{kind: string, confidence: number, place: {id?: string, name: string, country: string | null} | null}} Answer
 * @typedef {{id: string, name: string, country: string | null, lon: number, lat: number, score: number | null, reasons: Reason[]}} Candidate a place that a mention may mean
 * @typedef {{what: string, word: string, is_other: boolean, answer: Answer | null}} Trial
 * @typedef {object} Why why a mention means what it means
 * @property {{words: string, cut: string, outcome: string, places: number}[]} tried
 * @property {{strength: number, needed: number, grounds: Reason[]} | null} recognition
 * @property {Answer | null} answer
 * @property {Candidate[]} candidates
 * @property {{margin: number, second: string} | null} balance
 * @property {Trial[]} trials
 * @property {boolean} is_too_long
 * @typedef {{reports_read: number, mentions_resolved: number, incidents_moved: number, incidents_added: number, incidents_removed: number}} Changed
 */

export const EVENT_TYPES = ['Battles', 'Explosions/Remote violence', 'Violence against civilians', 'Protests', 'Riots', 'Strategic developments']
/** Filters that choose among named values; the page counts them, so it applies them itself while all incidents fit in one answer. */
export const FACETS = {
  event_type: EVENT_TYPES,
  status: ['asserted', 'claimed', 'denied', 'hypothetical', 'planned'],
  granularity: ['incident', 'aggregate', 'background'],
  lang: ['ar', 'fr', 'en'],
}
/** What the server leaves out unless it is asked for by name: sums and what is recalled are listed here too. */
const WHOLE = { granularity: FACETS.granularity.join(',') }
/** More than this in one answer makes a page that no longer answers the hand. */
const LIMIT = 10_000

/** An answer that is not the one hoped for, with the server's own words. */
export class Problem extends Error {}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 */
async function ask(path, options) {
  const answer = await fetch(path, options).catch(() => null)
  if (!answer) throw new Problem('')
  if (answer.ok) return answer.status === 204 ? {} : answer.json()
  const problem = await answer.json().catch(() => ({}))
  throw new Problem(problem.detail ?? problem.title ?? `${answer.status} ${answer.statusText}`)
}

/** @param {import('./state.js').State} state @param {string[]} facets the facets to send @param {Record<string, string>} more */
function query(state, facets, more) {
  const query = new URLSearchParams(more)
  if (state.bbox) query.set('bbox', state.bbox)
  if (state.from || state.to) query.set('datetime', `${state.from || '..'}/${state.to || '..'}`)
  for (const facet of facets) {
    const values = /** @type {any} */ (state)[facet]
    if (values.length > 0) query.set(facet, values.join(','))
  }
  if (state.q) query.set('q', state.q)
  return query
}

/** The incidents asked for; facets are left to the page unless the answer would not hold them all. @param {import('./state.js').State} state @returns {Promise<Collection>} */
export async function incidents(state) {
  const path = '/api/collections/incidents/items?'
  const all = await ask(path + query(state, [], { ...WHOLE, limit: String(LIMIT) }))
  if (all.numberMatched <= all.features.length) return all
  return ask(path + query(state, Object.keys(FACETS), { ...WHOLE, limit: String(LIMIT) }))
}

/** Where the incidents shown can be had as a file. @param {import('./state.js').State} state */
export function downloadUrl(state) {
  return '/api/collections/incidents/items?' + query(state, Object.keys(FACETS), { ...WHOLE, limit: String(LIMIT), download: '1' })
}

/** @param {import('./state.js').State} state @returns {Promise<Collection>} */
export function mentions(state) {
  return ask('/api/collections/mentions/items?' + query({ ...state, from: '', to: '' }, ['lang'], { limit: String(LIMIT) }))
}

/** @param {string} id @returns {Promise<{id: string, title: string | null, text: string, lang: string, published: string | null, source: string | null}>} */
export async function report(id) {
  return (await ask(`/api/collections/reports/items/${encodeURIComponent(id)}`)).properties
}

/** Why a mention means its place. @param {string} id @returns {Promise<Why>} */
export function why(id) {
  return ask(`/api/collections/mentions/items/${encodeURIComponent(id)}/why`)
}

/** The user's own places. @returns {Promise<Collection>} */
export function places() {
  return ask('/api/collections/places/items')
}

/** @param {object} feature @returns {Promise<{place: Feature, changed: Changed, change: number}>} */
export function addPlace(feature) {
  return ask('/api/collections/places/items', { method: 'POST', headers: { 'content-type': 'application/geo+json' }, body: JSON.stringify(feature) })
}

/** `version` is that of the place as it was seen; the server refuses another. @param {string} id @param {string} version @returns {Promise<{changed: Changed, change: number}>} */
export function removePlace(id, version) {
  return ask(`/api/collections/places/items/${encodeURIComponent(id)}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })
}

/**
 * Says what a person says of an incident, the whole of it; `version` is that of what was said before, if anything. Gives the new one.
 * @param {string} id @param {{fields: Record<string, any>, verdict: string | null, note: string}} correction @param {string} [version] @returns {Promise<string>}
 */
export async function judge(id, correction, version) {
  const headers = { 'content-type': 'application/json', ...(version ? { 'if-match': `"${version}"` } : {}) }
  const answer = await ask(`/api/collections/incidents/items/${encodeURIComponent(id)}/correction`, { method: 'PUT', headers, body: JSON.stringify(correction) })
  return answer.correction.properties.version
}

/** @param {string} id @param {string} version */
export function unjudge(id, version) {
  return ask(`/api/collections/incidents/items/${encodeURIComponent(id)}/correction`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })
}

/** @param {string} lang @returns {Promise<Record<string, any>>} */
export function locale(lang) {
  return ask(`locale/${lang}.json`)
}

export function basemap() {
  return ask('basemap.json')
}

/** Calls back whenever reports or places have changed on the server. @param {() => void} callback */
export function onServerChange(callback) {
  const DEBOUNCE_MS = 300
  let timer = 0
  new EventSource('/events').addEventListener('changed', () => {
    clearTimeout(timer)
    timer = window.setTimeout(callback, DEBOUNCE_MS)
  })
}

// What leaves the page, and what the gazetteer answers.

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

/** The page's filter as the server takes it, without how many and in which order. @param {import('./state.js').State} state @returns {URLSearchParams} */
export function filterOf(state) {
  return query(state, Object.keys(FACETS), WHOLE)
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
  return ask('/api/collections/places/items?dry_run=true', { method: 'POST', headers: { 'content-type': 'application/geo+json' }, body: JSON.stringify(feature) })
}

/** Other names for a known place. @param {string} id @param {string} version @param {object[]} names @returns {Promise<Tried>} */
export function renamePlace(id, version, names) {
  const body = JSON.stringify({ properties: { names } })
  return ask(`/api/collections/places/items/${encodeURIComponent(id)}`, { method: 'PATCH', headers: { ...JSON_BODY, 'if-match': `"${version}"` }, body })
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
  return ask(`/api/collections/corrections/items${is_dry ? '?dry_run=true' : ''}`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(correction) })
}

/** All changes that people made, the newest first. @returns {Promise<HistoryRow[]>} */
export async function history() {
  return (await ask('/api/history')).changes
}

/** Takes a change back. @param {number} number @returns {Promise<{changed: Changed}>} */
export function undo(number) {
  return ask(`/api/history/${number}/undo`, { method: 'POST' })
}

/** Places out of a file, or only what that would do. @param {File} file @param {boolean} is_dry @returns {Promise<{import: {rows: number, saved: number, unchanged: number, refused: number}, refused: string[], changed: Changed, change?: number}>} */
export function importPlaces(file, is_dry) {
  const end = file.name.toLowerCase().split('.').pop() ?? ''
  const type = /** @type {Record<string, string>} */ (FILE_TYPES)[end] ?? 'text/csv'
  return ask(`/api/collections/places/exchange?${new URLSearchParams({ name: file.name, dry_run: String(is_dry) })}`, { method: 'POST', headers: { 'content-type': type }, body: file })
}

/** Where the user's places can be had. @param {'csv' | 'geojson' | 'linked-places'} form */
export function placesUrl(form) {
  return `/api/collections/places/exchange?f=${form}`
}

/** The version of the program. @returns {Promise<string>} */
export async function version() {
  return (await ask('/health')).version
}
