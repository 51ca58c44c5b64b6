// The situation sheet: map, table with evidence, sources, on A4. Made when it is asked for, shown as it will be printed.
import { byId, direction, el, highlighted, inert } from './dom.js'
import { dates, dir, language, number, t } from './i18n.js'
import { groupOf, icon, kindOf, whereOf } from './layers.js'
import { mapCanvas } from './picture.js'
import { tollLine } from './popup.js'

/** Rows of the table: some thirty pages. The rest is counted, and in the files. */
const MOST_ROWS = 300
/** The map on A4 beside margins of 12 mm, in pixels of the style sheet. */
const MAP = { width: 700, height: 400 }

/** @typedef {import('./api.js').Incident} Incident */

/** @param {import('./picture.js').Told & {matched: number}} told */
export async function openSheet({ title, lines, credits, incidents, matched, view, atlas }) {
  const sheet = byId('sheet')
  const zoom = view.zoom + Math.log2(Math.min(MAP.width / view.width, MAP.height / view.height))
  const canvas = mapCanvas({ title, lines, credits, incidents, view: { ...view, ...MAP, zoom }, atlas })
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', lines.join(' · '))
  const rows = incidents.slice(0, MOST_ROWS)
  const close = () => {
    sheet.hidden = true
    sheet.replaceChildren()
    document.body.classList.remove('sheeted')
    byId('out-open').focus()
  }
  sheet.replaceChildren(
    el('div', { class: 'sheet-tools' }, el('button', { type: 'button', class: 'primary', click: () => print() }, t('out.print')), el('button', { type: 'button', click: close }, t('close'))),
    el('article', { class: 'paper', dir: dir(), lang: language() },
      el('header', {}, el('h1', {}, title), ...lines.map((line) => el('p', {}, line))),
      el('figure', {}, canvas, el('figcaption', {}, ...typesOf(incidents).map(([type, count]) => el('span', {}, icon(type), ' ', t(`type.${type}`), ` (${number(count)}) `)))),
      table(rows),
      matched > rows.length && el('p', { class: 'hint' }, t('out.more_rows', { n: rows.length, all: number(matched) })),
      sources(rows),
      el('footer', {}, ...credits.map((line) => el('p', {}, line))),
    ),
  )
  sheet.hidden = false
  document.body.classList.add('sheeted')
  sheet.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => event.key === 'Escape' && close(), { once: true })
  sheet.querySelector('button')?.focus()
}

/** @param {Incident[]} incidents @returns {[string, number][]} */
function typesOf(incidents) {
  const counts = /** @type {Map<string, number>} */ (new Map())
  for (const { properties } of incidents.filter((each) => groupOf(each) === 'drawn')) counts.set(properties.event_type, (counts.get(properties.event_type) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}

/** @param {Incident[]} incidents */
function table(incidents) {
  const numbers = numbered(incidents)
  const head = (/** @type {string} */ key) => el('th', { scope: 'col' }, t(key))
  return el('table', {},
    el('caption', {}, t('out.table')),
    el('thead', {}, el('tr', {}, head('field.date'), head('out.what'), head('field.place'), head('field.toll'), head('out.evidence'))),
    el('tbody', {}, ...incidents.map((incident) => row(incident, numbers.get(sourceKey(incident)) ?? 0))),
  )
}

/** @param {Incident} incident @param {number} source */
function row(incident, source) {
  const { properties } = incident
  const { excerpt, evidence, status, granularity } = properties
  const spans = (evidence ?? []).map(({ start, end }) => ({ start: start - (excerpt?.start ?? 0), end: end - (excerpt?.start ?? 0) }))
  const notes = [status !== 'asserted' && t(`status.${status}`), granularity !== 'incident' && t(`granularity.${granularity}`)].filter(Boolean)
  return el('tr', {},
    el('td', {}, dates(properties.date_start, properties.date_end)),
    el('td', {}, icon(properties.event_type, status), ' ', kindOf(properties), notes.length > 0 && el('span', { class: 'aside block' }, notes.join(t('comma')))),
    el('td', {}, whereOf(properties) ?? t('place.none'), !incident.geometry && el('span', { class: 'aside block' }, t('place.unlocated'))),
    el('td', {}, tollLine(properties)),
    el('td', {}, excerpt && el('q', { dir: direction(excerpt.lang), lang: excerpt.lang }, ...highlighted(excerpt.text, spans)), ' ', el('sup', {}, `[${number(source)}]`)),
  )
}

/** @param {Incident} incident */
function sourceKey({ properties }) {
  return properties.report_id
}

/** Each report's number on this sheet. @param {Incident[]} incidents */
function numbered(incidents) {
  const numbers = /** @type {Map<string, number>} */ (new Map())
  for (const incident of incidents) if (!numbers.has(sourceKey(incident))) numbers.set(sourceKey(incident), numbers.size + 1)
  return numbers
}

/** @param {Incident[]} incidents */
function sources(incidents) {
  const numbers = numbered(incidents)
  const first = [...numbers.keys()].map((key) => incidents.find((incident) => sourceKey(incident) === key))
  return el('section', { class: 'sources' }, el('h2', {}, t('out.sources')), el('ol', {}, ...first.map((incident) => {
    const { report_title, report_id, source, published, url } = /** @type {Incident} */ (incident).properties
    const parts = [el('bdi', {}, inert(report_title ?? report_id)), source && el('bdi', {}, inert(source)), published && dates(published.slice(0, 10), null), url && /^https?:\/\//i.test(url) && el('bdi', { dir: 'ltr' }, inert(url))].filter(Boolean)
    return el('li', {}, ...parts.flatMap((part, i) => (i === 0 ? [part] : [' · ', part])))
  })))
}
