// The list beside the map: everything the filters let through, also what cannot or must not be drawn.
import { byId, el } from './dom.js'
import { countOf, membersOf, more, restOf, tellersOf } from './found.js'
import { dates, number, t } from './i18n.js'
import { GROUPS, icon, kindOf, whereOf } from './layers.js'
import { incidentCard, tollLine } from './popup.js'

/** @typedef {import('./api.js').Incident} Incident */
/** @typedef {{open: (id: string) => unknown, hover: (id: string | null) => void, changed: () => Promise<unknown>, say: (text: string, undo?: () => unknown) => void, failed: (problem: Error) => void}} On */
/** Groups that the reader opened or closed. @type {Record<string, boolean>} */
const opened = { drawn: true, unlocated: true, aggregate: false, background: false, not_happened: false }

/** Shows the latest of each group; the rest comes part by part. @param {On} on */
export function drawList(on) {
  const focused = document.activeElement?.closest('#list [data-id]')?.getAttribute('data-id')
  byId('list').replaceChildren(...GROUPS.filter((group) => countOf(group) > 0).map((group) => {
    const rows = el('ol', {})
    const section = el('details', { class: `group ${group}`, open: opened[group], toggle: () => (opened[group] = section.open) },
      el('summary', {}, el('h2', {}, t(`group.${group}`)), el('span', { class: 'count' }, number(countOf(group)))),
      t(`group.${group}.hint`) && el('p', { class: 'hint' }, t(`group.${group}.hint`)),
      rows,
    )
    addRows(rows, group, membersOf(group), on)
    return section
  }))
  if (focused) rowOf(focused)?.focus({ preventScroll: true })
}

/** @param {HTMLElement} rows @param {import('./layers.js').Group} group @param {Incident[]} incidents @param {On} on */
function addRows(rows, group, incidents, on) {
  rows.append(...incidents.map((incident) => row(incident, on)))
  if (restOf(group) === 0) return
  const button = el('button', { type: 'button', click: async () => {
    button.disabled = true
    try {
      const next = await more(group)
      line.remove()
      addRows(rows, group, next, on)
      if (next.length > 0) rowOf(next[0].id)?.focus({ preventScroll: true })
    } catch (problem) {
      button.disabled = false
      on.failed(/** @type {Error} */ (problem))
    }
  } }, t('list.more', { n: restOf(group) }))
  const line = el('li', { class: 'more' }, button)
  rows.append(line)
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
    tellersOf(incident) > 1 && el('span', { class: 'tag' }, t('corroborated', { n: tellersOf(incident) })),
    properties.status !== 'asserted' && el('span', { class: 'tag' }, t(`status.${properties.status}`)),
  ))
}

/** Shows the details of an incident without a mark under its row; a second call folds them away. @param {Incident} incident @param {On} on */
export function unfold(incident, on) {
  const button = rowOf(incident.id)
  // Who comes from the map finds its group folded.
  const group = /** @type {HTMLDetailsElement | null | undefined} */ (button?.closest('details'))
  if (group) group.open = true
  const details = button?.parentElement?.querySelector('.card')
  if (details) details.remove()
  else button?.after(incidentCard(incident, on.open, on))
  button?.setAttribute('aria-expanded', String(!details))
  button?.scrollIntoView({ block: 'nearest' })
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
