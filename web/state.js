// What the reader has asked for, and its place in the address. The only file that knows the URL of the page.

/**
 * @typedef {object} State
 * @property {string} from first day, ISO, or empty
 * @property {string} to last day, ISO, or empty
 * @property {string[]} event_type empty: all
 * @property {string[]} status empty: all
 * @property {string[]} granularity empty: all
 * @property {string[]} lang languages of reports; empty: all
 * @property {string[]} sub_event_type empty: all
 * @property {string[]} country two letters each; empty: all
 * @property {string[]} admin1 names of first-level units; empty: all
 * @property {string[]} actor any of them took part; empty: all
 * @property {string[]} source who published; empty: all
 * @property {string[]} geo_precision 1 the place, 2 its surroundings, 3 the region; empty: all
 * @property {string} killed_best `10`, `10..`, `..50`, `10..50`, or empty
 * @property {string} q words searched in the reports
 * @property {string} bbox `west,south,east,north` when only the map's view counts, or empty
 * @property {boolean} mentions whether the mentions layer is drawn
 * @property {string} style `heat`, `areas`, or empty: marks
 * @property {string} step width of the bars of the time line: `day`, `week`, `month`, or empty: as fits
 * @property {string} map `zoom/lon/lat`
 * @property {string} incident the opened incident's id
 * @property {string} report the report that is read
 * @property {string} ui language of the interface
 */

const text = { empty: '', read: (/** @type {string} */ s) => s, write: (/** @type {string} */ v) => v }
const list = { empty: [], read: (/** @type {string} */ s) => s.split(',').filter(Boolean), write: (/** @type {string[]} */ v) => v.join(',') }
/** Names that may hold commas, written as the server reads them. */
const names = { empty: [], read: (/** @type {string} */ s) => (s.match(/(?:\\,|[^,])+/g) ?? []).map((v) => v.replaceAll('\\,', ',')), write: (/** @type {string[]} */ v) => v.map((name) => name.replaceAll(',', '\\,')).join(',') }
const range = { ...text, read: (/** @type {string} */ s) => (/^(\d+|\d+\.\.\d*|\.\.\d+)$/.test(s) ? s : '') }
const oneOf = (/** @type {string[]} */ ...known) => ({ ...text, read: (/** @type {string} */ s) => (known.includes(s) ? s : '') })
const flag = { empty: false, read: (/** @type {string} */ s) => s === '1', write: (/** @type {boolean} */ v) => (v ? '1' : '') }
const day = { ...text, read: (/** @type {string} */ s) => (/^\d{4}-\d{2}-\d{2}$/.test(s) ? s : '') }

/**
 * One row for each key: its kind, whether it narrows what is shown (`filter`), and whether a change of it is a step
 * of the browser's history (`step`) or only mends the present address.
 * @type {Record<keyof State, {kind: any, filter?: boolean, step?: boolean}>}
 */
export const TABLE = {
  from: { kind: day, filter: true, step: true },
  to: { kind: day, filter: true, step: true },
  event_type: { kind: list, filter: true, step: true },
  status: { kind: list, filter: true, step: true },
  granularity: { kind: list, filter: true, step: true },
  lang: { kind: list, filter: true, step: true },
  sub_event_type: { kind: names, filter: true, step: true },
  country: { kind: list, filter: true, step: true },
  admin1: { kind: names, filter: true, step: true },
  actor: { kind: names, filter: true, step: true },
  source: { kind: names, filter: true, step: true },
  geo_precision: { kind: list, filter: true, step: true },
  killed_best: { kind: range, filter: true, step: true },
  q: { kind: text, filter: true },
  bbox: { kind: text, filter: true },
  mentions: { kind: flag, step: true },
  style: { kind: oneOf('heat', 'areas'), step: true },
  step: { kind: oneOf('day', 'week', 'month') },
  map: { kind: text },
  incident: { kind: text },
  report: { kind: text, step: true },
  ui: { kind: text },
}
const KEYS = /** @type {(keyof State)[]} */ (Object.keys(TABLE))

/** @type {State} */
export const state = read()
/** @typedef {(changed: (keyof State)[], is_history: boolean) => void} Listener hears which keys changed, and whether by the browser's back and forward */
/** @type {Listener[]} */
const listeners = []

/** @param {Listener} listener */
export function onChange(listener) {
  listeners.push(listener)
}

/** Stands in the address for "none of them", which an empty list cannot say. */
export const NONE = 'none'
/** Filters that choose among many values. */
export const LISTS = /** @type {const} */ (['event_type', 'sub_event_type', 'status', 'granularity', 'lang', 'country', 'admin1', 'actor', 'source', 'geo_precision'])

/**
 * What is asked of the server, the same for list, map, counts, time line and download; null: nothing can answer it.
 * @param {Partial<Record<typeof LISTS[number], readonly string[]>> & {filter?: string}} [only] narrows it further: values to choose among, a condition in CQL2
 * @param {readonly string[]} [but] filters left out
 */
export function question({ filter, ...only } = {}, but = []) {
  const query = new URLSearchParams()
  for (const key of LISTS) {
    const chosen = but.includes(key) ? [] : state[key]
    const allowed = only[key]
    const values = !allowed ? chosen : chosen.length === 0 ? [...allowed] : chosen.filter((value) => allowed.includes(value))
    if (values.length === 0 ? allowed : values[0] === NONE) return null
    if (values.length > 0) query.set(key, names.write(values))
  }
  // What the server leaves out unless it is asked for by name: sums and what is recalled are listed here too.
  if (!query.has('granularity')) query.set('granularity', 'incident,aggregate,background')
  if ((state.from || state.to) && !but.includes('datetime')) query.set('datetime', `${state.from || '..'}/${state.to || '..'}`)
  for (const key of /** @type {const} */ (['killed_best', 'q', 'bbox'])) if (state[key] && !but.includes(key)) query.set(key, state[key])
  if (filter) query.set('filter', filter)
  return query
}

/** The filters as the address has them, to be kept under a name. */
export function filtersText() {
  return written(KEYS.filter((key) => TABLE[key].filter || key === 'map' || key === 'style'))
}

/** Puts filters that were kept in place of those there are. @param {string} query */
export function setFilters(query) {
  const next = read(query)
  set(Object.fromEntries(KEYS.filter((key) => TABLE[key].filter || (key === 'map' && next.map) || key === 'style').map((key) => [key, next[key]])))
}

/** Changes the state, the address and everything that listens. @param {Partial<State>} change @param {boolean} [is_quiet] no step of the browser's history */
export function set(change, is_quiet = false) {
  const changed = KEYS.filter((key) => key in change && String(change[key]) !== String(state[key]))
  if (changed.length === 0) return
  Object.assign(state, change)
  const is_step = !is_quiet && changed.some((key) => TABLE[key].step)
  history[is_step ? 'pushState' : 'replaceState'](null, '', address())
  for (const listener of listeners) listener(changed, false)
}

/** Takes every filter away. */
export function clear() {
  set(Object.fromEntries(KEYS.filter((key) => TABLE[key].filter).map((key) => [key, TABLE[key].kind.empty])))
}

/** Whether anything narrows what is shown. */
export function isFiltered() {
  return KEYS.some((key) => TABLE[key].filter && TABLE[key].kind.write(state[key]) !== '')
}

function read(given = location.search) {
  const query = new URLSearchParams(given)
  return /** @type {State} */ (Object.fromEntries(KEYS.map((key) => [key, query.has(key) ? TABLE[key].kind.read(query.get(key)) : TABLE[key].kind.empty])))
}

function address() {
  const readable = written(KEYS)
  return readable ? `?${readable}` : location.pathname
}

/** @param {(keyof State)[]} keys */
function written(keys) {
  const query = new URLSearchParams()
  for (const key of keys) {
    const value = TABLE[key].kind.write(state[key])
    if (value) query.set(key, value)
  }
  // Commas and slashes are legal in a query and far easier to read as they are.
  return query.toString().replaceAll('%2C', ',').replaceAll('%2F', '/')
}

addEventListener('popstate', () => {
  const next = read()
  const changed = KEYS.filter((key) => String(next[key]) !== String(state[key]))
  Object.assign(state, next)
  for (const listener of listeners) listener(changed, true)
})
