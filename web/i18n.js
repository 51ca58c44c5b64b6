// Words, numbers and dates of the interface in the reader's language.
import { locale } from './api.js'
import { el } from './dom.js'
import { dirOf } from './language.js'

/** @type {Record<string, any>} */
let words = {}
let lang = 'en'
/** The reader's own variety of the language (ar-SY says أيلول where ar-EG says سبتمبر), always with the digits that the date fields show. */
let tag = 'en'

/** Formats of the present language. Kept, since making one costs far more than using it, and a list writes hundreds. @type {Map<string, any>} */
const formats = new Map()
/** Words on their way, by language. @type {Map<string, Promise<Record<string, any>>>} */
const coming = new Map()

/** Asks for the words of a language, once. @param {string} code */
export function fetchWords(code) {
  const words = coming.get(code) ?? locale(code)
  coming.set(code, words)
  // Who asks again after a failure gets another try.
  words.catch(() => coming.delete(code))
  return words
}

/** Loads a language and turns the whole page to it. @param {string} code */
export async function speak(code) {
  words = await fetchWords(code)
  lang = code
  formats.clear()
  tag = `${navigator.languages.find((own) => own.slice(0, 2) === code) ?? code}-u-nu-latn`
  document.documentElement.lang = lang
  document.documentElement.dir = dir()
  for (const node of document.querySelectorAll('[data-t]')) node.textContent = t(/** @type {HTMLElement} */ (node).dataset.t ?? '')
  for (const node of document.querySelectorAll('[data-t-label]')) node.setAttribute('aria-label', t(/** @type {HTMLElement} */ (node).dataset.tLabel ?? ''))
}

/** A format of the present language. @template T @param {string} name @param {() => T} make @returns {T} */
function format(name, make) {
  if (!formats.has(name)) formats.set(name, make())
  return formats.get(name)
}

export function language() {
  return lang
}

export function dir() {
  return dirOf(lang)
}

/** All keys that begin so. @param {string} prefix */
export function keys(prefix) {
  return Object.keys(words).filter((key) => key.startsWith(prefix))
}

/** Whether the interface has words for this key. @param {string} key */
export function has(key) {
  return key in words
}

/** What the interface has words for under a key, in the order of the locale file. @param {string} key */
export function under(key) {
  return Object.keys(words).filter((each) => each.startsWith(`${key}.`)).map((each) => each.slice(key.length + 1))
}

/**
 * The words for a key. `{name}` is replaced by a value; a key with plural forms chooses by `n`.
 * @param {string} key @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  let pattern = words[key] ?? key
  if (typeof pattern === 'object') pattern = pattern[format('plural', () => new Intl.PluralRules(lang)).select(Number(values.n ?? 0))] ?? pattern.other
  return pattern.replace(/\{(\w+)\}/g, (/** @type {string} */ _, /** @type {string} */ name) => {
    const value = values[name] ?? ''
    return typeof value === 'number' ? number(value) : value
  })
}

/** @param {number} value */
export function number(value) {
  return format('number', () => new Intl.NumberFormat(tag)).format(value)
}

/** A number in few letters: 1.2K. @param {number} value */
export function compact(value) {
  return format('compact', () => new Intl.NumberFormat(tag, { notation: 'compact' })).format(value)
}

/** A day of the time line in as many words as its bars need. @param {number} seconds @param {Intl.DateTimeFormatOptions} options */
export function moment(seconds, options) {
  return format(`moment ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options })).format(new Date(seconds * 1000))
}

/** A weight, with as many digits as mean something. @param {number} value */
export function decimal(value) {
  return new Intl.NumberFormat(tag, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(value)
}

/** @param {number} share from 0 to 1 */
export function percent(share) {
  return new Intl.NumberFormat(tag, { style: 'percent' }).format(share)
}

/** Words with a count or a range of it, e.g. "30–50 killed". @param {string} key @param {number | null} low @param {number | null} high @param {string} [qualifier] what the report says of a single figure: at_least … */
export function amount(key, low, high, qualifier = 'exact') {
  const last = high ?? low ?? 0
  // Arabic forms for one and two hold no number, which "at least" and ranges need.
  const n = lang === 'ar' && low !== high ? Math.max(last, 3) : last
  const words = low === high && ['at_least', 'more_than', 'about', 'up_to', 'less_than'].includes(qualifier) ? qualifier : null
  if (words) return t(key, { n: lang === 'ar' ? Math.max(last, 3) : last, count: t(words, { count: number(last) }) })
  if (low !== null && high === null) return t(key, { n, count: t('at_least', { count: number(low) }) })
  // The isolate keeps "30–50" in that order inside a right-to-left line.
  const count = low === null || low === last ? number(last) : `\u{2066}${number(low)}–${number(last)}\u{2069}`
  return t(key, { n, count })
}

/** @param {number} metres */
export function distance(metres) {
  return new Intl.NumberFormat(tag, { style: 'unit', unit: 'kilometer', maximumFractionDigits: metres < 10_000 ? 1 : 0 }).format(metres / 1000)
}

/** @param {string | null} code ISO 3166-1 @returns {string} */
export function country(code) {
  if (!code) return ''
  try {
    return format('country', () => new Intl.DisplayNames(lang, { type: 'region' })).of(new Intl.Locale(`und-${code}`).region ?? code) ?? code
  } catch {
    return code
  }
}

/** A day, a month, or a span of days, as an element that also says it in ISO. @param {string | null} start @param {string | null} end */
export function dates(start, end) {
  const first = start ?? end
  const last = end ?? start
  if (!first || !last) return el('span', { class: 'missing' }, t('date.none'))
  const iso = first === last ? first : `${first}/${last}`
  return el('time', { datetime: first, title: iso }, el('bdi', {}, datesText(first, last)))
}

/** @param {string} first @param {string} last */
function datesText(first, last) {
  const from = new Date(`${first}T00:00:00Z`)
  const to = new Date(`${last}T00:00:00Z`)
  if (Number.isNaN(from.valueOf()) || Number.isNaN(to.valueOf())) return `${first}–${last}`
  const after = new Date(to.valueOf() + 86_400_000)
  const is_month = from.getUTCDate() === 1 && after.getUTCDate() === 1 && first.slice(0, 7) === last.slice(0, 7)
  const written = is_month
    ? format('month', () => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', year: 'numeric', month: 'long' }))
    : format('day', () => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' }))
  return is_month || first === last ? written.format(from) : written.formatRange(from, to)
}
