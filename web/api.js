// What the server is asked. The shapes are those of the machine interface, field for field; ask.js fetches.
import { ask, write } from './ask.js'
import { LISTS, NONE, question, state } from './state.js'

export { Problem, bearer, onTokenWanted, tile, writeWith } from './ask.js'
export * from './exchange.js'

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
 * @typedef {{type: 'FeatureCollection', features: any[], numberMatched: number, numberReturned: number, links?: {rel: string, href: string}[]}} Collection
 * @typedef {Record<string, {values: {value: string, count: number}[], missing: number}>} Facets how many have which value
 * @typedef {{bins: {start: string, count: number, sum: number}[], undated: number}} Histogram
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
 * @typedef {{low: number, high: number, incident: string, source: string | null}} Figure
 * @typedef {{incident: string, report_id: string | null, report_title: string | null, source: string | null, url: string | null, published: string | null, lang: string | null}} Telling
 * @typedef {{sources: Telling[], source_count: number, copy_count: number, killed: Figure[], injured: Figure[], abducted: Figure[], denied_by: string[]}} Cluster an event, of what several reports tell
 * @typedef {{incidents: number, located: number, mentions: number, unresolved: string[]}} Summary what was found in a report
 * @typedef {{report: Feature, summary: Summary, duplicate: boolean, change?: number}} HandedIn
 * @typedef {{reports_read: number, mentions_resolved: number, incidents_moved: number, incidents_added: number, incidents_removed: number}} Changed
 */

export const EVENT_TYPES = ['Battles', 'Explosions/Remote violence', 'Violence against civilians', 'Protests', 'Riots', 'Strategic developments']
/** Filters that choose among few values, each with its box. */
export const FACETS = {
  event_type: EVENT_TYPES,
  status: ['asserted', 'claimed', 'denied', 'hypothetical', 'planned'],
  granularity: ['incident', 'aggregate', 'background'],
  lang: ['ar', 'fr', 'en'],
  geo_precision: ['1', '2', '3'],
}
/** What the map draws: events that are said to have happened. */
const HAPPENED = { granularity: ['incident'], status: ['asserted', 'claimed'] }
/** What is asked for each group of the list. */
const GROUPS = {
  drawn: { ...HAPPENED, filter: 'geometry IS NOT NULL' },
  unlocated: { ...HAPPENED, filter: 'geometry IS NULL' },
  aggregate: { granularity: ['aggregate'] },
  background: { granularity: ['background'] },
  not_happened: { granularity: ['incident'], status: ['denied', 'hypothetical', 'planned'] },
}
const INCIDENTS = '/api/collections/incidents'
/** Rows that come at once. */
const PAGE = 100
/** What is read out of one report comes at once. */
const OF_ONE = 10_000
/** Values of a filter that come at once; rarer ones are found by their letters. */
const VALUES = 250
const NOTHING = /** @type {Collection} */ ({ type: 'FeatureCollection', features: [], numberMatched: 0, numberReturned: 0 })
/** A filter in CQL2 may be 4,000 bytes long: so many identifiers fit. */
const IDS_AT_ONCE = 100

/** The latest incidents of a group of the list. @param {keyof typeof GROUPS} group @param {number} [limit] @param {string} [bbox] instead of the filter's @returns {Promise<Collection>} */
export async function incidents(group, limit = PAGE, bbox) {
  const query = question(GROUPS[group])
  if (!query) return NOTHING
  if (bbox) query.set('bbox', bbox)
  query.set('sortby', '-date_start')
  query.set('limit', String(limit))
  return ask(`${INCIDENTS}/items?${query}`)
}

/** What follows an answer; null: nothing. @param {Collection} collection @returns {Promise<Collection> | null} */
export function next({ links }) {
  const href = links?.find(({ rel }) => rel === 'next')?.href
  if (!href) return null
  const { pathname, search } = new URL(href, location.href)
  return ask(pathname + search)
}

/** @param {string} id @returns {Promise<Incident>} */
export function incident(id) {
  return ask(`${INCIDENTS}/items/${encodeURIComponent(id)}`)
}

/** How many incidents tell each event. @param {string[]} clusters @returns {Promise<Map<string, number>>} */
export async function tellingsOf(clusters) {
  const counts = /** @type {Map<string, number>} */ (new Map())
  const quoted = clusters.map((id) => `'${id.replaceAll("'", "''")}'`)
  for (let at = 0; at < quoted.length; at += IDS_AT_ONCE) {
    const query = new URLSearchParams({ properties: 'cluster_id', most: String(IDS_AT_ONCE), granularity: FACETS.granularity.join(','), filter: `cluster_id IN (${quoted.slice(at, at + IDS_AT_ONCE).join(',')})` })
    for (const { value, count } of (await ask(`${INCIDENTS}/facets?${query}`)).facets.cluster_id.values) counts.set(value, count)
  }
  return counts
}

/** How many incidents each other choice would find. @returns {Promise<Facets>} */
export async function facets() {
  const none = LISTS.filter((key) => state[key][0] === NONE)
  const query = question({}, none) ?? new URLSearchParams()
  query.set('properties', LISTS.join(','))
  query.set('most', String(VALUES))
  const { facets } = await ask(`${INCIDENTS}/facets?${query}`)
  // Of what nothing is chosen nothing passes: only another choice there would find anything.
  return none.length === 0 ? facets : Object.fromEntries(Object.entries(facets).map(([key, facet]) => [key, none.every((other) => other === key) ? facet : { values: [], missing: 0 }]))
}

/** Values of one filter that hold some letters. @param {string} property @param {string} letters @returns {Promise<{value: string, count: number}[]>} */
export async function valuesHolding(property, letters) {
  const query = question() ?? new URLSearchParams()
  query.set('properties', property)
  query.set('most', '20')
  query.set('holding', letters)
  return (await ask(`${INCIDENTS}/facets?${query}`)).facets[property].values
}

/** Whether all values of a filter were sent. @param {Facets} facets @param {string} property */
export function isWhole(facets, property) {
  return (facets[property]?.values.length ?? 0) < VALUES
}

/** How many of what happened began when. @param {string} step @returns {Promise<Histogram>} */
export async function histogram(step) {
  const query = question(HAPPENED)
  if (!query) return { bins: [], undated: 0 }
  query.set('step', step)
  query.set('sum', 'killed_best')
  return ask(`${INCIDENTS}/histogram?${query}`)
}

/** What happened and is told of a country as a whole or with a place that was not found, and sums, by country. @returns {Promise<{value: string, count: number}[]>} */
export async function countrywide() {
  const query = question({ granularity: ['incident', 'aggregate'], status: HAPPENED.status, filter: 'geometry IS NULL' }, ['bbox'])
  if (!query) return []
  query.set('properties', 'country')
  query.set('most', String(VALUES))
  return (await ask(`${INCIDENTS}/facets?${query}`)).facets.country.values
}

/** Some of them. @param {string} country @param {number} limit @returns {Promise<Collection>} */
export async function countrywideOf(country, limit) {
  const query = question({ granularity: ['incident', 'aggregate'], status: HAPPENED.status, country: [country], filter: 'geometry IS NULL' }, ['bbox'])
  if (!query) return NOTHING
  query.set('sortby', '-date_start')
  query.set('limit', String(limit))
  return ask(`${INCIDENTS}/items?${query}`)
}

/** What happened, counted by country, or by first-level unit of one. @param {'country' | 'admin1'} property @param {string} [country] @returns {Promise<{value: string, count: number}[]>} */
export async function areas(property, country) {
  const query = question({ ...HAPPENED, ...(country ? { country: [country] } : {}) })
  if (!query) return []
  query.set('properties', property)
  query.set('most', String(VALUES))
  return (await ask(`${INCIDENTS}/facets?${query}`)).facets[property].values
}

/** The query of the tiles; null: there is nothing to draw. */
export function tileQuery() {
  return question(HAPPENED)?.toString() ?? null
}

/** West, south, east and north of all that is drawn; null: nothing is. @returns {Promise<number[] | null>} */
export async function extent() {
  return (await ask('/api/tiles/incidents')).bounds ?? null
}

/** A base map that the server was told of. @returns {Promise<{tiles: {url: string, credit: string} | null}>} */
export function settings() {
  return ask('/settings')
}

/** Outlines of first-level units. @returns {Promise<{arcs: string[], units: [string, string, string, string, number[][][]][]}>} */
export function outlines() {
  return ask('admin1.json')
}

/** The page's filter as the server takes it, without how many and in which order. @returns {URLSearchParams} */
export function filterOf() {
  // Of what nothing is chosen nothing passes.
  return question() ?? new URLSearchParams({ filter: 'lang IS NULL' })
}

/** The mentions that pass the filters that they have. @param {string} [bbox] instead of the filter's @returns {Promise<Collection>} */
export function mentions(bbox = state.bbox) {
  const MOST = '2000'
  const query = new URLSearchParams({ limit: MOST })
  for (const [key, value] of Object.entries({ bbox, q: state.q, lang: state.lang.join(), country: state.country.join() })) if (value && value !== NONE) query.set(key, value)
  return ask('/api/collections/mentions/items?' + query)
}

/** @param {string} id @returns {Promise<{id: string, title: string | null, text: string, lang: string, published: string | null, source: string | null}>} */
export async function report(id) {
  return (await ask(`/api/collections/reports/items/${encodeURIComponent(id)}`)).properties
}

/**
 * What was read out of a report: its mentions of places, and its incidents, sums and background too.
 * @param {string} id @returns {Promise<{mentions: Feature[], incidents: Incident[]}>}
 */
export async function readOutOf(id) {
  const of = (/** @type {string} */ collection, /** @type {Record<string, string>} */ more) => ask(`/api/collections/${collection}/items?` + new URLSearchParams({ filter: `report_id = '${id.replaceAll("'", "''")}'`, limit: String(OF_ONE), ...more }))
  const [mentions, incidents] = await Promise.all([of('mentions', {}), of('incidents', { granularity: FACETS.granularity.join(',') })])
  return { mentions: mentions.features, incidents: incidents.features }
}

/**
 * An event with everybody who tells it. @param {string} id
 * @returns {Promise<Cluster>}
 */
export async function cluster(id) {
  return (await ask(`/api/collections/clusters/items/${encodeURIComponent(id)}`)).properties
}

/** What the actors are called in other languages than the data. @returns {Promise<{name: string, name_ar: string, name_fr: string}[]>} */
export async function actors() {
  return (await ask('/api/actors')).actors
}

/**
 * Hands in a report: the bytes of a text with what is told of it, or JSON as it is.
 * @param {BodyInit} body @param {Record<string, string>} [told] of a plain text @returns {Promise<HandedIn>}
 */
export function handIn(body, told) {
  const query = told ? '?' + new URLSearchParams(Object.entries(told).filter(([, value]) => value !== '')) : ''
  return write('/api/collections/reports/items' + query, { method: 'POST', headers: { 'content-type': told ? 'text/plain' : 'application/json' }, body })
}

/** Takes a change back. @param {number} change its number @returns {Promise<{changed: Changed}>} */
export function undo(change) {
  return write(`/api/history/${change}/undo`, { method: 'POST' })
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
  return write('/api/collections/places/items', { method: 'POST', headers: { 'content-type': 'application/geo+json' }, body: JSON.stringify(feature) })
}

/** `version` is that of the place as it was seen; the server refuses another. @param {string} id @param {string} version @returns {Promise<{changed: Changed, change: number}>} */
export function removePlace(id, version) {
  return write(`/api/collections/places/items/${encodeURIComponent(id)}`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })
}

/**
 * Says what a person says of an incident, the whole of it; `version` is that of what was said before, if anything. Gives the new one.
 * @param {string} id @param {{fields: Record<string, any>, verdict: string | null, note: string}} correction @param {string} [version] @returns {Promise<string>}
 */
export async function judge(id, correction, version) {
  const headers = { 'content-type': 'application/json', ...(version ? { 'if-match': `"${version}"` } : {}) }
  const answer = await write(`/api/collections/incidents/items/${encodeURIComponent(id)}/correction`, { method: 'PUT', headers, body: JSON.stringify(correction) })
  return answer.correction.properties.version
}

/** @param {string} id @param {string} version */
export function unjudge(id, version) {
  return write(`/api/collections/incidents/items/${encodeURIComponent(id)}/correction`, { method: 'DELETE', headers: { 'if-match': `"${version}"` } })
}

/** @param {string} lang @returns {Promise<Record<string, any>>} */
export function locale(lang) {
  return ask(`locale/${lang}.json`)
}

export function basemap() {
  return ask('basemap.json')
}

/** Countries as topology. */
export function countries() {
  return ask('countries.json')
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
