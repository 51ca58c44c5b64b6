// What is marked in a report's text: mentions of places and the words that prove incidents, also where they overlap. Knows nothing of the page.

/** What the words of a field are, for the reader: one colour and one line each. */
const KINDS = { place: 'place', date: 'date', event: 'event', type: 'event', status: 'event', attribution: 'source' }
const HARM = 'toll'
/** In the order in which they are offered. */
export const MARK_KINDS = ['place', 'date', 'toll', 'event', 'source']

/**
 * @typedef {object} Item some words that are marked
 * @property {number} start code point
 * @property {number} end exclusive
 * @property {string} kind one of MARK_KINDS
 * @property {string[]} fields of incidents that the words support
 * @property {string[]} incidents identifiers
 * @property {import('./api.js').Feature | null} mention
 * @typedef {{start: number, end: number, items: number[]}} Segment code points that the same items cover, the shortest item first
 */

/**
 * All that is marked, in the order of the text; the same words of one kind are one item.
 * @param {import('./api.js').Feature[]} mentions
 * @param {import('./api.js').Incident[]} incidents
 * @param {number} length code points of the text
 * @returns {Item[]}
 */
export function items(mentions, incidents, length) {
  const found = /** @type {Map<string, Item>} */ (new Map())
  const item = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ kind) => {
    const [start, end] = [Math.max(0, from), Math.min(length, to)]
    const key = `${start} ${end} ${kind}`
    const known = found.get(key) ?? { start, end, kind, fields: [], incidents: [], mention: null }
    if (start < end) found.set(key, known)
    return known
  }
  for (const mention of mentions) item(mention.properties.start, mention.properties.end, 'place').mention = mention
  for (const { id, properties } of incidents) {
    for (const { start, end, field } of properties.evidence ?? []) {
      const known = item(start, end, /** @type {Record<string, string>} */ (KINDS)[field] ?? HARM)
      if (!known.fields.includes(field)) known.fields.push(field)
      if (!known.incidents.includes(id)) known.incidents.push(id)
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end)
}

/**
 * The text cut wherever an item begins or ends, so that items that overlap share pieces.
 * @param {Item[]} all @param {number} length code points of the text
 * @returns {Segment[]} without gaps from the first code point to the last
 */
export function segments(all, length) {
  const cuts = [...new Set([0, length, ...all.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b)
  const out = /** @type {Segment[]} */ ([])
  let open = /** @type {number[]} */ ([])
  let next = 0
  for (let at = 0; at + 1 < cuts.length; at++) {
    const start = cuts[at]
    open = open.filter((number) => all[number].end > start)
    for (; next < all.length && all[next].start === start; next++) open.push(next)
    const size = (/** @type {number} */ number) => all[number].end - all[number].start
    out.push({ start, end: cuts[at + 1], items: [...open].sort((a, b) => size(a) - size(b)) })
  }
  return out
}
