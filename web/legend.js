// What the signs on the map mean, beyond the event types that the filters already show.
import { bdi, byId, el } from './dom.js'
import { t } from './i18n.js'
import { icon } from './layers.js'

/** Sign and words, from the surest to the vaguest. */
const ROWS = [
  { key: 'exact', sign: () => icon('Protests', 'plain') },
  { key: 'circle', sign: () => el('span', { class: 'icon swatch circle' }) },
  { key: 'region', sign: () => el('span', { class: 'icon swatch region' }) },
  { key: 'claimed', sign: () => icon('Protests', 'plain claimed') },
  { key: 'size', sign: () => icon('Protests', 'plain large') },
  { key: 'cluster', sign: () => el('span', { class: 'icon swatch cluster' }) },
  { key: 'chip', sign: () => el('span', { class: 'icon chip-sign' }, 'Σ') },
  { key: 'areas', sign: () => el('span', { class: 'icon swatch areas' }) },
  { key: 'mention', sign: () => el('span', { class: 'icon mention-dot' }) },
]

/** @param {string} [credit] whom to name for pictures of another server */
export function drawLegend(credit) {
  const legend = byId('legend')
  legend.replaceChildren(
    el('summary', {}, t('legend')),
    el('ul', { class: 'plain' }, ...ROWS.map(({ key, sign }) => el('li', {}, sign(), t(`legend.${key}`)))),
    el('p', { class: 'credit' }, credit === undefined ? t('legend.credit') : bdi(credit)),
  )
}
