// The one place that fetches: answers, refusals and the token that changes are made with.

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
export async function ask(path, options) {
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

/** What editors alone may see, without asking for a token. @param {string} path @returns {Promise<any>} */
export function askAsEditor(path) {
  return ask(path, { headers: bearing(writing.token) })
}

/** Under which name a token writes; null where none is needed. @param {string} token @returns {Promise<string | null>} */
export async function bearer(token) {
  return (await ask('/api/bearer', { method: 'POST', headers: bearing(token) })).name
}

/** A vector tile; null: nothing lies in it. @param {string} query @param {number} z @param {number} x @param {number} y @param {AbortSignal} signal @returns {Promise<ArrayBuffer | null>} */
export async function tile(query, z, x, y, signal) {
  const BUSY = 503
  const path = `/api/tiles/incidents/${z}/${x}/${y}?${query}`
  let answer = await fetch(path, { signal })
  // The server takes costly questions in turn and says so when there are too many.
  for (let tries = 0; answer.status === BUSY && tries < 3; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 400))
    answer = await fetch(path, { signal })
  }
  if (!answer.ok) throw new Problem(`${answer.status} ${answer.statusText}`)
  return answer.status === 204 ? null : answer.arrayBuffer()
}
