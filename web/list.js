// The list beside the map: everything the filters let through, also what cannot or must not be drawn.
import { byId, el } from './dom.js'
import { dates, number, t } from './i18n.js'
import { GROUPS, groupOf, icon, kindOf, whereOf } from './layers.js'
import { incidentCard, tollLine } from './popup.js'

/** Rows made at once; more follow on request, so that ten thousand incidents do not stop the page. */
const PAGE = 150

/** @typedef {import('./api.js').Incident} Incident */
/** @typedef {{open: (id: string) => void, hover: (id: string | null) => void, others: (incident: Incident) => Incident[], changed: () => Promise<unknown>, say: (text: string, undo?: () => unknown) => void}} On */
/** How many rows of each group are made. @type {Record<string, number>} */
let shown = {}
/** Groups that the reader opened or closed. @type {Record<string, boolean>} */
const opened = { drawn: true, unlocated: true, aggregate: false, background: false, not_happened: false }

/**
 * @param {Incident[]} incidents
 * @param {On} on
 */
export function drawList(incidents, on) {
  const groups = new Map(GROUPS.map((group) => [group, /** @type {Incident[]} */ ([])]))
  for (const incident of incidents) groups.get(groupOf(incident))?.push(incident)
  const focused = document.activeElement?.closest('#list [data-id]')?.getAttribute('data-id')
  byId('list').replaceChildren(...[...groups].filter(([, members]) => members.length > 0).map(([group, members]) => {
    const rows = el('ol', {})
    const section = el('details', { class: `group ${group}`, open: opened[group], toggle: () => (opened[group] = section.open) },
      el('summary', {}, el('h2', {}, t(`group.${group}`)), el('span', { class: 'count' }, number(members.length))),
      t(`group.${group}.hint`) && el('p', { class: 'hint' }, t(`group.${group}.hint`)),
      rows,
    )
    addRows(rows, group, [...members].sort(latestFirst), on)
    return section
  }))
  if (focused) rowOf(focused)?.focus({ preventScroll: true })
}

/** Forgets how far the reader had unrolled the list: another question was asked. */
export function rewindList() {
  shown = {}
}

/** @param {HTMLElement} rows @param {string} group @param {Incident[]} members @param {On} on */
function addRows(rows, group, members, on) {
  const from = rows.childElementCount
  const to = Math.max(shown[group] ?? PAGE, from + (from ? PAGE : 0))
  shown[group] = to
  rows.append(...members.slice(from, to).map((incident) => row(incident, on)))
  if (members.length <= to) return
  const more = el('li', { class: 'more' }, el('button', { type: 'button', click: () => {
    more.remove()
    addRows(rows, group, members, on)
  } }, t('list.more', { n: members.length - to })))
  rows.append(more)
}

/** @param {Incident} incident @param {On} on */
function row(incident, on) {
  const { id, properties } = incident
  const toll = tollLine(properties)
  const hover = (/** @type {boolean} */ is_over) => () => on.hover(is_over ? id : null)
  return el('li', {}, el('button', { type: 'button', class: 'row', 'data-id': id, click: () => on.open(id), mouseenter: hover(true), mouseleave: hover(false), focus: hover(true), blur: hover(false) },
    icon(properties.event_type, properties.status),
    el('span', { class: 'what' }, kindOf(properties)),
    el('span', { class: 'when' }, dates(properties.date_start, properties.date_end)),
    whereOf(properties) ?? el('span', { class: 'where missing' }, t('place.none')),
    toll && el('span', { class: 'toll' }, toll),
    on.others(incident).length > 0 && el('span', { class: 'tag' }, t('corroborated', { n: on.others(incident).length + 1 })),
    properties.status !== 'asserted' && el('span', { class: 'tag' }, t(`status.${properties.status}`)),
  ))
}

/** Shows the details of an incident without a mark under its row; a second call folds them away. @param {Incident} incident @param {On} on */
export function unfold(incident, on) {
  const button = rowOf(incident.id)
  const details = button?.parentElement?.querySelector('.card')
  if (details) details.remove()
  else button?.after(incidentCard(incident, on.open, on))
  button?.setAttribute('aria-expanded', String(!details))
}

/** Marks one row as meant; brings it into view if asked. @param {string | null} id @param {string} className @param {boolean} [scroll] */
export function markRow(id, className, scroll = false) {
  for (const old of document.querySelectorAll(`#list .${className}`)) old.classList.remove(className)
  const button = id && rowOf(id)
  if (!button) return
  button.classList.add(className)
  if (scroll) button.scrollIntoView({ block: 'nearest' })
}

/** @param {string} id @returns {HTMLElement | null} */
export function rowOf(id) {
  return document.querySelector(`#list [data-id="${CSS.escape(id)}"]`)
}

/** @param {Incident} a @param {Incident} b */
function latestFirst(a, b) {
  return (b.properties.date_start ?? '').localeCompare(a.properties.date_start ?? '') || a.id.localeCompare(b.id)
}
