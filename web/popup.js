// What is known of one incident or of the mentions of one spot, with the sentence that proves it.
import { bdi, direction, el, highlighted, inert } from './dom.js'
import { actorName, corroboration, fieldKeys, markKind } from './evidence.js'
import { amount, dates, dir, distance, has, language, percent, t } from './i18n.js'
import { CIRCLE_FROM_M, icon, kindOf, placeOf, whereOf } from './layers.js'
import { judgeBox } from './judge.js'
import { readReport } from './reader.js'
import { whyBox } from './why.js'

/** Mentions of one spot shown at once; the rest are counted. */
const MENTIONS_SHOWN = 12
const HARMS = ['killed', 'injured', 'abducted', 'missing', 'displaced', 'displaced_households', 'arrested', 'crowd']

/**
 * @param {import('./api.js').Incident} incident
 * @param {(id: string) => void} open
 * @param {{changed: () => Promise<unknown>, say: (text: string, undo?: () => unknown) => void}} on
 * @returns {HTMLElement}
 */
export function incidentCard(incident, open, on) {
  const { properties } = incident
  const { event_type, status, granularity } = properties
  return el('article', { class: 'card', dir: dir(), lang: language() },
    el('header', {},
      icon(event_type, status),
      el('h3', {}, kindOf(properties)),
      kindOf(properties) !== t(`type.${event_type}`) && el('p', { class: 'type' }, t(`type.${event_type}`)),
    ),
    evidence(properties),
    fieldKeys(shownEvidence(properties)),
    el('dl', {},
      ...row('field.date', dates(properties.date_start, properties.date_end)),
      ...row('field.place', place(properties)),
      ...row('field.toll', toll(properties)),
      ...row('field.mode', properties.mode && t(`mode.${properties.mode}`)),
      ...row('field.actors', actors(properties)),
      ...row('field.claimed_by', properties.claimed_by && actorName(properties.claimed_by)),
      ...row('field.attribution', attribution(properties)),
      ...row('field.status', status !== 'asserted' || granularity !== 'incident' ? `${t(`status.${status}`)}${granularity === 'incident' ? '' : ` · ${t(`granularity.${granularity}`)}`}` : t('status.asserted')),
      ...row('field.confidence', confidence(properties.confidence)),
    ),
    corroboration(incident, open),
    sourceLine(properties),
    judgeBox(incident, on),
  )
}

/** @param {import('./api.js').Feature[]} mentions @returns {HTMLElement} */
export function mentionsCard(mentions) {
  const { place_name, radius_m } = mentions[0].properties
  return el('article', { class: 'card', dir: dir(), lang: language() },
    el('header', {}, el('span', { class: 'icon mention-dot' }), el('h3', {}, bdi(place_name ?? mentions[0].properties.text)), el('p', { class: 'type' }, [t('mentions.count', { n: mentions.length }), radius_m >= CIRCLE_FROM_M ? t('place.within', { distance: distance(radius_m) }) : ''].filter(Boolean).join(' · '))),
    el('ul', { class: 'quotes' }, ...mentions.slice(0, MENTIONS_SHOWN).map(({ id, properties }) => el('li', {},
      quote(properties.excerpt ?? { text: properties.text, start: properties.start, lang: properties.lang }, [{ start: properties.start, end: properties.end }]),
      el('p', { class: 'source' }, t(`kind.${properties.kind}`), ' · ', t('field.confidence'), ' ', confidence(properties.confidence), ' · ', readButton(properties.report_id, [properties])),
      whyBox(id),
    ))),
    mentions.length > MENTIONS_SHOWN && el('p', { class: 'source' }, t('mentions.more', { n: mentions.length - MENTIONS_SHOWN })),
  )
}

/** A short line of the persons harmed. @param {import('./api.js').IncidentProperties} properties */
export function tollLine(properties) {
  return HARMS.flatMap((kind) => {
    const { [`${kind}_low`]: low, [`${kind}_high`]: high, [`${kind}_qualifier`]: qualifier } = /** @type {Record<string, any>} */ (properties)
    return (low ?? null) === null && (high ?? null) === null ? [] : [amount(`toll.${kind}`, low ?? null, high ?? null, qualifier)]
  }).join(' · ')
}

/** @param {string} key @param {Node | string | null} value @returns {Node[]} */
function row(key, value) {
  return value ? [el('dt', {}, t(key)), el('dd', {}, value)] : []
}

/** @param {import('./api.js').IncidentProperties} properties */
function place(properties) {
  const { radius_m, place_surface, place_name, geo_precision } = properties
  const where = whereOf(properties)
  if (!where) return el('span', { class: 'missing' }, t('place.none'))
  const exact = properties.lat === null ? t('place.unlocated') : geo_precision === 3 ? t('place.region') : (radius_m ?? 0) >= CIRCLE_FROM_M ? t('place.within', { distance: distance(radius_m ?? 0) }) : t('place.exact')
  // Whichever of the gazetteer's name and the report's the first line does not give.
  const other = place_name && place_surface && place_surface !== place_name && (placeOf(properties) === place_name ? el('q', { dir: 'auto' }, inert(place_surface)) : bdi(place_name))
  return el('div', {}, where, other && el('span', { class: 'aside block' }, other), el('span', { class: 'aside block' }, exact))
}

/** @param {import('./api.js').IncidentProperties} properties */
function toll(properties) {
  const line = tollLine(properties)
  if (!line) return null
  const parts = (properties.killed_detail ?? []).filter(({ who }) => who)
  const rivals = (properties.killed_told ?? []).map(({ by, low, high }) => el('bdi', {}, t('toll.told', { who: by ? informant(by) : t('toll.told_by_report'), count: amount('count', low, high) })))
  return el('div', {}, el('strong', {}, line), properties.toll_shared && el('span', { class: 'aside block' }, t('toll.shared')), rivals.length > 0 && el('span', { class: 'aside block' }, ...between(rivals)), parts.length > 0 && el('span', { class: 'aside block' }, ...between(parts.map(({ who, low, high }) => el('bdi', {}, `${has(`who.${who}`) ? t(`who.${who}`) : inert(who)} ${amount('count', low, high)}`)))))
}

/** An informant by name, or by kind in the reader's language. @param {string} name */
function informant(name) {
  return has(`informant.${name}`) ? t(`informant.${name}`) : inert(name)
}

/** @param {import('./api.js').IncidentProperties} properties */
function attribution({ attribution }) {
  return attribution?.length ? el('span', {}, ...between(attribution.map((name) => bdi(informant(name))))) : null
}

/** @param {import('./api.js').IncidentProperties} properties */
function actors({ actors, excerpt }) {
  if (!actors?.length) return null
  // The report's own words, unless they are to be read just above.
  const is_quoted = (/** @type {string} */ text) => excerpt?.text.includes(text)
  // Who acted and claims it stands there twice.
  const once = actors.filter(({ name }, n) => actors.findIndex((a) => a.name === name) === n)
  return el('ul', { class: 'plain' }, ...once.map(({ name, text }) => el('li', {}, actorName(name), text && text !== name && !is_quoted(text) && el('span', { class: 'aside block' }, el('q', { dir: 'auto' }, inert(text))))))
}

/** @param {number} value from 0 to 1 */
function confidence(value) {
  return el('span', { class: 'confidence' }, el('meter', { min: 0, max: 1, value, 'aria-hidden': 'true' }), ' ', percent(value))
}

/** @param {import('./api.js').IncidentProperties} properties */
function evidence({ excerpt, evidence }) {
  if (!excerpt) return null
  return quote(excerpt, evidence ?? [])
}

/** The evidence that stands in the sentence quoted. @param {import('./api.js').IncidentProperties} properties */
function shownEvidence({ excerpt, evidence }) {
  if (!excerpt) return []
  const end = excerpt.start + Array.from(excerpt.text).length
  return (evidence ?? []).filter((span) => span.start < end && span.end > excerpt.start)
}

/** A sentence of a report in its own direction, its evidence marked. @param {import('./api.js').Excerpt} excerpt @param {{start: number, end: number, field?: string}[]} spans code points of the report */
function quote(excerpt, spans) {
  const own = spans.map(({ start, end, field }) => ({ start: start - excerpt.start, end: end - excerpt.start, label: fieldLabel(field), kind: markKind(field) }))
  return el('blockquote', { dir: direction(excerpt.lang), lang: excerpt.lang }, ...highlighted(excerpt.text, own))
}

/** @param {string | undefined} field */
function fieldLabel(field) {
  return field && has(`evidence.${field}`) ? t(`evidence.${field}`) : ''
}

/** @param {import('./api.js').IncidentProperties} properties */
function sourceLine({ report_id, report_title, source, published, url, evidence }) {
  const title = el('cite', {}, bdi(report_title ?? report_id))
  // Anything but http(s) in a link could run as a script.
  const link = url && /^https?:\/\//i.test(url) && el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, t('source.open'))
  return el('footer', { class: 'source' },
    title,
    el('span', { class: 'block' }, ...between([source && bdi(source), published && el('span', {}, t('source.published'), ' ', dates(published.slice(0, 10), null)), readButton(report_id, evidence ?? []), link])),
  )
}

/** @param {any[]} parts @returns {any[]} */
function between(parts) {
  return parts.filter(Boolean).flatMap((part, i) => (i === 0 ? [part] : [' · ', part]))
}

/** @param {string} id @param {{start: number, end: number, field?: string}[]} spans */
function readButton(id, spans) {
  return el('button', { type: 'button', class: 'link', click: () => readReport(id, spans) }, t('report.read'))
}
