// Feeds and folders that are followed: what went wrong with each, and when it last went well.

import { bdi, el } from './dom.js'
import { watches } from './exchange.js'
import { moment, t } from './i18n.js'

/** The list, which comes when it is there; nothing where nothing is followed or the reader may not see it. */
export function followed() {
  const box = el('details', { hidden: true })
  watches().then((rows) => {
    const failing = rows.filter(({ last_error }) => last_error).length
    box.hidden = rows.length === 0
    box.replaceChildren(el('summary', {}, t('watches.title'), failing > 0 && ' ', failing > 0 && el('span', { class: 'aside' }, t('watches.failing', { n: failing }))), el('ul', { class: 'followed' }, ...rows.map(row)))
  }, () => {})
  return box
}

/** @param {import('./exchange.js').Watched} watched */
function row({ address, last_success, last_error, failures, next_try }) {
  const success = last_success ? t('watches.success', { at: time(last_success) }) : t('watches.never')
  return el('li', {},
    el('strong', { dir: 'ltr' }, bdi(address)),
    el('p', { class: 'hint' }, success, failures > 0 && next_try ? ` · ${t('watches.next', { at: time(next_try) })}` : ''),
    last_error && el('p', {}, el('bdi', { lang: 'en', dir: 'ltr' }, last_error)),
  )
}

/** @param {string} at */
function time(at) {
  return moment(Date.parse(at) / 1000, { dateStyle: 'medium', timeStyle: 'short' })
}
