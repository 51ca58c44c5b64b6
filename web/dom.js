// Makes elements. The only way that report text enters the page: as text nodes, never as markup.

/** Characters that turn the direction of what follows (embeddings, overrides, isolates): U+202A–202E, U+2066–2069. */
const DIRECTION_CONTROLS = /[\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu

/**
 * Text of a report with direction controls made visible and harmless, code point for code point,
 * so that offsets stay right and a hostile report cannot show its words in another order.
 * @param {string} text
 */
export function inert(text) {
  return text.replace(DIRECTION_CONTROLS, '\u{FFFD}')
}

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; functions become listeners, null and false are left out
 * @param {...(Node | string | null | undefined | false)} children strings become text
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue
    if (typeof value === 'function') node.addEventListener(name, value)
    else node.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children) if (child || child === '') node.append(child)
  return node
}

/** The direction in which a language is written; unknown languages are left to the first strong letter. @param {string | null | undefined} lang */
export function direction(lang) {
  if (!lang) return 'auto'
  return ['ar', 'fa', 'ur', 'he'].includes(lang.slice(0, 2)) ? 'rtl' : 'ltr'
}

/** A piece of report text inside a line of the interface. @param {string} text */
export function bdi(text) {
  return el('bdi', {}, inert(text))
}

/**
 * Text with some of its code points marked as evidence.
 * @param {string} text
 * @param {{start: number, end: number, label?: string, kind?: string}[]} spans code points of `text`, end exclusive; may overlap or lie outside; `kind` gives colour and line
 * @returns {Node[]}
 */
export function highlighted(text, spans) {
  const points = Array.from(inert(text))
  const labels = /** @type {Set<string>[]} */ (points.map(() => new Set()))
  for (const span of spans) {
    for (let i = Math.max(0, span.start); i < Math.min(points.length, span.end); i++) labels[i].add(span.label ?? '')
  }
  const title = (/** @type {number} */ i) => [...labels[i]].filter(Boolean).join(' · ')
  const kinds = new Map(spans.map(({ label, kind }) => [label ?? '', kind]))
  const nodes = []
  for (let from = 0, to = 0; from < points.length; from = to) {
    const is_marked = labels[from].size > 0
    for (to = from + 1; to < points.length && labels[to].size > 0 === is_marked && title(to) === title(from); ) to++
    const piece = points.slice(from, to).join('')
    nodes.push(is_marked ? el('mark', { title: title(from) || null, class: markClass(kinds.get([...labels[from]][0])) }, piece) : document.createTextNode(piece))
  }
  return nodes
}

/** Gives the focus back to where it was when a window opened, unless something else has it by now. @param {Element | null} opener @param {HTMLElement} otherwise */
export function refocus(opener, otherwise) {
  const { activeElement, body } = document
  // What was closed just now may still have it.
  const is_elsewhere = activeElement && activeElement !== body && activeElement !== opener && !activeElement.closest('dialog:not([open])')
  if (is_elsewhere) return
  const back = opener?.isConnected && opener !== body ? /** @type {HTMLElement} */ (opener) : otherwise
  back.focus({ preventScroll: true })
}

/** @param {string | undefined} kind */
function markClass(kind) {
  return kind ? `mark-${kind}` : null
}

/** @param {string} id @returns {any} */
export function byId(id) {
  const node = document.getElementById(id)
  if (!node) throw new Error(`index.html has no element #${id}`)
  return node
}

/** Lets the browser answer what has been pressed, and paint, between two pieces of work. @returns {Promise<void>} */
export function breath() {
  return new Promise((done) => setTimeout(done))
}
