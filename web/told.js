// The filter in words, and what an export is called: the same on paper, in pictures and in citations.
import { inert } from './dom.js'
import { country, dates, has, language, t } from './i18n.js'

/** Parameters that say how, not what. */
const SILENT = ['limit', 'offset', 'after', 'sortby', 'download', 'f', 'manifest', 'ui', 'map']
/** Where the words of a parameter's values stand. */
const WORDS = { event_type: 'type', sub_event_type: 'sub' }
/** Latin text and numbers keep their order inside an Arabic line. @param {string} text */
const isolated = (text) => `\u{2068}${text}\u{2069}`

/** Every condition as «what: which»; none: all. @param {URLSearchParams} filter @returns {string[]} */
export function filterWords(filter) {
  return [...filter].filter(([name, value]) => value && !SILENT.includes(name) && !isAll(name, value)).map(([name, value]) => {
    if (name === 'datetime') return `${label('date', name)}: ${days(value)}`
    if (name === 'q') return `${label('q', name)}: ${isolated(`«${inert(value)}»`)}`
    if (name === 'bbox') return `${t('out.area')}: ${isolated(value.split(',').join(', '))}`
    return `${label(name, name)}: ${value.split(',').map((each) => isolated(word(name, each))).join(t('comma'))}`
  })
}

/** Everything of a kind is no condition. @param {string} name @param {string} value */
function isAll(name, value) {
  return name === 'granularity' && value.split(',').length === 3
}

/** @param {string} key @param {string} name */
function label(key, name) {
  return has(`filter.${key}`) ? t(`filter.${key}`) : has(`field.${key}`) ? t(`field.${key}`) : name
}

/** @param {string} name @param {string} value */
function word(name, value) {
  if (name === 'country') return country(value)
  const key = `${/** @type {Record<string, string>} */ (WORDS)[name] ?? name}.${value}`
  return has(key) ? t(key) : inert(value)
}

/** @param {string} interval */
function days(interval) {
  const [from, to] = interval.includes('/') ? interval.split('/') : [interval, interval]
  const ends = [from, to].map((end) => (end && end !== '..' ? end : null))
  if (ends[0] && ends[1]) return isolated(dates(ends[0], ends[1]).textContent ?? '')
  const one = isolated(dates(ends[0] ?? ends[1], null).textContent ?? '')
  return t(ends[0] ? 'out.since' : 'out.until', { day: one })
}

/** Today as the reader writes it, and in ISO for citations. @returns {{iso: string, text: string}} */
export function today() {
  const iso = new Date().toISOString().slice(0, 10)
  return { iso, text: dates(iso, null).textContent ?? iso }
}

/** A file name of the page: letters that every system takes. @param {string} extension */
export function fileName(extension) {
  return `dalil-${today().iso}-${language()}.${extension}`
}
