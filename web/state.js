// What the reader has asked for, and its place in the address. The only file that knows the URL of the page.

/**
 * @typedef {object} State
 * @property {string} from first day, ISO, or empty
 * @property {string} to last day, ISO, or empty
 * @property {string[]} event_type empty: all
 * @property {string[]} status empty: all
 * @property {string[]} granularity empty: all
 * @property {string[]} lang languages of reports; empty: all
 * @property {string} q words searched in the reports
 * @property {string} bbox `west,south,east,north` when only the map's view counts, or empty
 * @property {boolean} mentions whether the mentions layer is drawn
 * @property {string} map `zoom/lon/lat`
 * @property {string} incident the opened incident's id
 * @property {string} report the report that is read
 * @property {string} ui language of the interface
 */

const text = { empty: '', read: (/** @type {string} */ s) => s, write: (/** @type {string} */ v) => v }
const list = { empty: [], read: (/** @type {string} */ s) => s.split(',').filter(Boolean), write: (/** @type {string[]} */ v) => v.join(',') }
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
  q: { kind: text, filter: true },
  bbox: { kind: text, filter: true },
  mentions: { kind: flag, step: true },
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

/** Changes the state, the address and everything that listens. @param {Partial<State>} change */
export function set(change) {
  const changed = KEYS.filter((key) => key in change && String(change[key]) !== String(state[key]))
  if (changed.length === 0) return
  Object.assign(state, change)
  const is_step = changed.some((key) => TABLE[key].step)
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

function read() {
  const query = new URLSearchParams(location.search)
  return /** @type {State} */ (Object.fromEntries(KEYS.map((key) => [key, query.has(key) ? TABLE[key].kind.read(query.get(key)) : TABLE[key].kind.empty])))
}

function address() {
  const query = new URLSearchParams()
  for (const key of KEYS) {
    const written = TABLE[key].kind.write(state[key])
    if (written) query.set(key, written)
  }
  // Commas and slashes are legal in a query and far easier to read as they are.
  const readable = query.toString().replaceAll('%2C', ',').replaceAll('%2F', '/')
  return readable ? `?${readable}` : location.pathname
}

addEventListener('popstate', () => {
  const next = read()
  const changed = KEYS.filter((key) => String(next[key]) !== String(state[key]))
  Object.assign(state, next)
  for (const listener of listeners) listener(changed, true)
})
