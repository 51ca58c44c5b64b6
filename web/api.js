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
 * @typedef {{kind: string, confidence: number, place: {name: string, country: string | null} | null}} Answer
 * @typedef {{what: string, word: string, is_other: boolean, answer: Answer | null}} Trial
 * @typedef {object} Why why a mention means what it means
 * @property {{words: string, cut: string, outcome: string, places: number}[]} tried
 * @property {{strength: number, needed: number, grounds: Reason[]} | null} recognition
 * @property {{name: string, country: string | null, score: number | null, reasons: Reason[]}[]} candidates
 * @property {{margin: number, second: string} | null} balance
 * @property {Trial[]} trials
 * @property {boolean} is_too_long
 * @typedef {{low: number, high: number, incident: string, source: string | null}} Figure
 * @typedef {{incident: string, report_id: string | null, report_title: string | null, source: string | null, url: string | null, published: string | null, lang: string | null}} Telling
 * @typedef {{sources: Telling[], source_count: number, killed: Figure[], injured: Figure[], abducted: Figure[], denied_by: string[]}} Cluster an event, of what several reports tell
 * @typedef {{incidents: number, located: number, mentions: number, unresolved: string[]}} Summary what was found in a report
 * @typedef {{report: Feature, summary: Summary, duplicate: boolean, change?: number}} HandedIn
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
export class Problem extends Error {
  /** @param {string} message @param {number} [status] */
  constructor(message, status = 0) {
    super(message)
    this.status = status
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 */
async function ask(path, options) {
  const answer = await fetch(path, options).catch(() => null)
  if (!answer) throw new Problem('')
  if (answer.ok) return answer.status === 204 ? {} : answer.json()
  const problem = await answer.json().catch(() => ({}))
  throw new Problem(problem.detail ?? problem.title ?? `${answer.status} ${answer.statusText}`, answer.status)
}

/** The token that changes are made with, and who is asked for another; token.js sets both. */
const writing = { token: '', wanted: /** @type {(detail: string) => Promise<string | null>} */ (async () => null) }

/** @param {string} token */
export function writeWith(token) {
  writing.token = token
}

/** @param {(detail: string) => Promise<string | null>} wanted asked for a token when the server refuses without one; null gives up */
export function onTokenWanted(wanted) {
  writing.wanted = wanted
}

/** @param {string} token @returns {Record<string, string>} */
function bearing(token) {
  return token ? { authorization: `Bearer ${token}` } : {}
}

/**
 * Asks for a change, in the name of the token, and again when the reader has given one. Every request that changes something goes through here.
 * @param {string} path @param {RequestInit} options @returns {Promise<any>}
 */
export async function write(path, options) {
  for (;;) {
    const { token } = writing
    const done = await ask(path, { ...options, headers: { ...options.headers, ...bearing(token) } }).catch((/** @type {Problem} */ problem) => problem)
    if (!(done instanceof Problem)) return done
    // Without a token 403 speaks of something else: a page of another origin.
    const is_wanted = done.status === 401 || (done.status === 403 && token !== '')
    // Meanwhile another request may have been given one.
    const given = is_wanted && (writing.token !== token ? writing.token : await writing.wanted(done.message))
    if (!given) throw done
    writing.token = given
  }
}

/** Under which name a token writes; null where none is needed. @param {string} token @returns {Promise<string | null>} */
export async function bearer(token) {
  return (await ask('/api/bearer', { method: 'POST', headers: bearing(token) })).name
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

/**
 * What was read out of a report: its mentions of places, and its incidents, sums and background too.
 * @param {string} id @returns {Promise<{mentions: Feature[], incidents: Incident[]}>}
 */
export async function readOutOf(id) {
  const of = (/** @type {string} */ collection, /** @type {Record<string, string>} */ more) => ask(`/api/collections/${collection}/items?` + new URLSearchParams({ filter: `report_id = '${id.replaceAll("'", "''")}'`, limit: String(LIMIT), ...more }))
  const [mentions, incidents] = await Promise.all([of('mentions', {}), of('incidents', WHOLE)])
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

/** Takes a change back. @param {number} change its number */
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

/** @param {object} feature @returns {Promise<{place: Feature, changed: Changed}>} */
export function addPlace(feature) {
  return write('/api/collections/places/items', { method: 'POST', headers: { 'content-type': 'application/geo+json' }, body: JSON.stringify(feature) })
}

/** `version` is that of the place as it was seen; the server refuses another. @param {string} id @param {string} version @returns {Promise<{changed: Changed}>} */
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

/** Calls back whenever reports or places have changed on the server. @param {() => void} callback */
export function onServerChange(callback) {
  const DEBOUNCE_MS = 300
  let timer = 0
  new EventSource('/events').addEventListener('changed', () => {
    clearTimeout(timer)
    timer = window.setTimeout(callback, DEBOUNCE_MS)
  })
}
