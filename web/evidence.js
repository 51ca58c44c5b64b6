// Who else tells an event and with which figures, side by side; and what actors are called in the reader's language.
import { actors as askActors, cluster } from './api.js'
import { bdi, el, inert } from './dom.js'
import { amount, dates, has, language, t } from './i18n.js'
import { readReport } from './reader.js'

/** Tolls that are set side by side, as the server keeps them. */
const TOLLS = /** @type {const} */ (['killed', 'injured', 'abducted'])

/** Names by canonical name, asked for once. @type {Promise<Map<string, {name_ar: string, name_fr: string}>> | null} */
let names = null

/** An actor as the page's language calls it, the name of the data until that is known. @param {string} name @returns {HTMLElement} */
export function actorName(name) {
  const shown = bdi(name)
  const lang = language()
  if (lang === 'en') return shown
  names ??= askActors().then((all) => new Map(all.map((actor) => [actor.name, actor])))
  names.then((known) => {
    const own = known.get(name)?.[lang === 'ar' ? 'name_ar' : 'name_fr']
    if (!own || own === name) return
    shown.textContent = inert(own)
    shown.title = inert(name)
  }).catch(() => (names = null))
  return shown
}

/** Words of the report, one sign for each field that they support. @param {{field: string}[]} evidence */
export function fieldKeys(evidence) {
  const fields = [...new Set(evidence.map(({ field }) => field))].filter((field) => has(`evidence.${field}`))
  return fields.length > 0 && el('p', { class: 'keys aside' }, ...fields.map((field) => el('span', { class: `key mark-${markKind(field)}` }, t(`evidence.${field}`))))
}

/** @param {string | undefined} field of an incident @returns {string} the colour and line that its words have */
export function markKind(field) {
  if (!field) return 'place'
  return { place: 'place', date: 'date', event: 'event', type: 'event', status: 'event', attribution: 'source', actor: 'source' }[field] ?? 'toll'
}

/**
 * A table of the reports that tell the event, each with its figures; asked for when the card is there. Empty where nobody else tells it.
 * @param {import('./api.js').Incident} incident
 * @param {(id: string) => void} open
 * @returns {HTMLElement}
 */
export function corroboration({ id, properties: { cluster_id } }, open) {
  const box = el('div', { class: 'corroboration' })
  if (cluster_id) cluster(cluster_id).then((event) => {
    if (event.sources.length < 2) return
    box.append(table(id, event, open))
    box.dispatchEvent(new Event('grown', { bubbles: true }))
  }, () => box.append(el('p', { class: 'aside' }, t('corroboration.problem'))))
  return box
}

/** @param {string} id of the incident that is open @param {import('./api.js').Cluster} event @param {(id: string) => void} open */
function table(id, event, open) {
  const told = TOLLS.filter((toll) => event[toll].length > 0)
  const row = (/** @type {import('./api.js').Telling} */ telling) => {
    const { incident, report_id, report_title, source, published, lang } = telling
    const title = report_title ?? source ?? report_id ?? incident
    const cell = (/** @type {typeof TOLLS[number]} */ toll) => {
      const figure = event[toll].find((each) => each.incident === incident)
      return el('td', {}, figure ? amount('count', figure.low, figure.high) : el('span', { class: 'missing', 'aria-label': t('corroboration.untold') }, '–'))
    }
    const who = [source && source !== title && bdi(source), published && dates(published.slice(0, 10), null), lang && t(`lang.${lang}`)].filter(Boolean)
    return el('tr', { class: incident === id ? 'own' : null },
      el('th', { scope: 'row' },
        incident === id ? el('span', { 'aria-current': 'true' }, bdi(title), ' ', el('span', { class: 'aside' }, t('corroboration.this'))) : el('button', { type: 'button', class: 'link', click: () => open(incident) }, bdi(title)),
        el('span', { class: 'aside block' }, ...who.flatMap((part, i) => (i > 0 ? [' · ', part] : [part])), ' ', report_id && el('button', { type: 'button', class: 'link', click: () => readReport(report_id) }, t('report.read'))),
      ),
      ...told.map(cell),
    )
  }
  const differ = told.filter((toll) => new Set(event[toll].map(({ low, high }) => `${low} ${high}`)).size > 1)
  const verdict = told.length === 0 ? '' : differ.length > 0 ? t('corroboration.differ', { what: differ.map((toll) => t(`evidence.${toll}`)).join(t('comma')) }) : t('corroboration.agree')
  return el('table', {},
    el('caption', {}, el('strong', {}, t('corroboration.title', { n: event.sources.length })), event.source_count < event.sources.length && el('span', { class: 'aside block' }, t('corroboration.publishers', { n: event.source_count })), event.copy_count > 0 && el('span', { class: 'aside block' }, t('corroboration.copies', { n: event.copy_count })), verdict && el('span', { class: 'aside block' }, verdict)),
    el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('corroboration.report')), ...told.map((toll) => el('th', { scope: 'col' }, t(`evidence.${toll}`))))),
    el('tbody', {}, ...event.sources.map(row)),
  )
}
