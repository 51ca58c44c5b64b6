// Several incidents that cannot be told apart on the map: of one spot, or known to their country alone. Each is one press away.
import { bdi, el } from './dom.js'
import { dates, dir, language, t } from './i18n.js'
import { icon, kindOf, whereOf } from './layers.js'
import { tollLine } from './popup.js'

/**
 * @param {import('./api.js').Collection} incidents
 * @param {{title?: string, open: (id: string) => void, narrow: () => void}} on `narrow` filters the list to them
 * @returns {HTMLElement}
 */
export function pileCard({ features, numberMatched }, { title, open, narrow }) {
  return el('article', { class: 'card pile', dir: dir(), lang: language() },
    el('header', {}, el('span', { class: 'icon' }), el('h3', {}, title ? bdi(title) : t('cluster.count', { n: numberMatched })), title && el('p', { class: 'type' }, t('chip.count', { n: numberMatched }))),
    el('ul', { class: 'plain' }, ...features.map((/** @type {import('./api.js').Incident} */ { id, properties }) => el('li', {},
      el('button', { type: 'button', class: 'row', click: () => open(id) },
        icon(properties.event_type, properties.status),
        el('span', { class: 'what' }, kindOf(properties)),
        el('span', { class: 'when' }, dates(properties.date_start, properties.date_end)),
        whereOf(properties),
        el('span', { class: 'toll' }, tollLine(properties)),
      )))),
    el('p', { class: 'source' }, numberMatched > features.length && `${t('mentions.more', { n: numberMatched - features.length })} · `, el('button', { type: 'button', class: 'link', click: narrow }, t('pile.narrow', { n: numberMatched }))),
  )
}
