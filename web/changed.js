// What a change did to the reports, or would do, in words.
import { bdi, el, inert } from './dom.js'
import { t } from './i18n.js'

/** Moves shown one by one; the rest is in the counts. */
const SHOWN = 6

/** @param {import('./api.js').Changed} changed */
export function whatChanged(changed) {
  const parts = Object.entries(changed ?? {}).filter(([key, n]) => n > 0 && key !== 'reports_read').map(([key, n]) => t(`changed.${key}`, { n }))
  return parts.length > 0 ? parts.join(t('comma')) : t('changed.nothing')
}

/** What would change, counted and one by one: the words, from where to where. @param {import('./api.js').Tried} tried @returns {HTMLElement} */
export function preview({ changed, affected }) {
  const moved = affected.flatMap(({ mentions, incidents }) => [...incidents, ...mentions])
  const where = (/** @type {import('./api.js').Where | null} */ place) => (place?.place_name ? bdi(place.place_name) : el('span', { class: 'missing' }, t('place.unlocated')))
  return el('div', { class: 'preview' },
    el('p', {}, el('strong', {}, t('preview')), ' ', whatChanged(changed)),
    el('ul', { class: 'plain' }, ...moved.slice(0, SHOWN).map(({ text, before, after }) => el('li', {},
      el('q', { dir: 'auto' }, inert((text ?? '').slice(0, 120))), ' ', where(before), ' ', el('span', { 'aria-label': t('preview.to') }, document.documentElement.dir === 'rtl' ? '←' : '→'), ' ', where(after),
    ))),
    moved.length > SHOWN && el('p', { class: 'aside' }, t('mentions.more', { n: moved.length - SHOWN })),
  )
}
