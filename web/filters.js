// The filters: the form, the counts, and the choice itself.
import { FACETS } from './api.js'
import { byId, el } from './dom.js'
import { number, t } from './i18n.js'
import { icon } from './layers.js'
import { clear, isFiltered, set, state } from './state.js'

/** Stands in the address for "none of them", which an empty list cannot say. */
const NONE = 'none'
const TYPING_PAUSE_MS = 350
const FACET_NAMES = /** @type {(keyof typeof FACETS)[]} */ (Object.keys(FACETS))

/** @typedef {import('./api.js').Incident} Incident */

/** The incidents that pass the facets. @param {Incident[]} incidents */
export function choose(incidents) {
  return incidents.filter(({ properties }) => FACET_NAMES.every((facet) => passes(facet, properties[facet])))
}

/** @param {keyof typeof FACETS} facet @param {string} value */
function passes(facet, value) {
  return state[facet].length === 0 || state[facet].includes(value)
}

/** Builds the form in the present language. @param {{bbox: () => string}} map */
export function buildFilters(map) {
  let timer = 0
  const search = el('input', { type: 'search', id: 'q', dir: 'auto', autocomplete: 'off', placeholder: t('filter.q.hint'), input: () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => set({ q: search.value.trim() }), TYPING_PAUSE_MS)
  } })
  const day = (/** @type {'from' | 'to'} */ key) => el('label', {}, el('span', {}, t(`filter.${key}`)), el('input', { type: 'date', id: key, max: '2999-12-31', change: (/** @type {any} */ event) => set({ [key]: event.target.value }) }))
  const tick = (/** @type {string} */ id, /** @type {(is_on: boolean) => void} */ change) => el('label', { class: 'choice' }, el('input', { type: 'checkbox', id, change: (/** @type {any} */ event) => change(event.target.checked) }), el('span', { class: 'name' }, t(`filter.${id}`)))
  byId('filters').replaceChildren(
    el('label', { class: 'wide' }, el('span', {}, t('filter.q')), search),
    el('div', { class: 'days' }, day('from'), day('to')),
    facetSet('event_type'),
    el('details', { id: 'more', open: byId('filters').querySelector('#more')?.open ?? (state.status.length + state.granularity.length + state.lang.length > 0) },
      el('summary', {}, t('filter.more')), facetSet('status'), facetSet('granularity'), facetSet('lang')),
    el('div', { class: 'ticks' },
      tick('bbox', (is_on) => set({ bbox: is_on ? map.bbox() : '' })),
      tick('mentions', (mentions) => set({ mentions })),
    ),
    el('button', { type: 'button', id: 'clear', click: clear }, t('filter.clear')),
  )
}

/** @param {keyof typeof FACETS} facet */
function facetSet(facet) {
  return el('fieldset', { class: `facet ${facet}` }, el('legend', {}, t(`filter.${facet}`)), ...FACETS[facet].map((value) => el('div', { class: 'choice-line' },
    el('label', { class: 'choice' },
      el('input', { type: 'checkbox', name: facet, value, change: () => readFacet(facet) }),
      facet === 'event_type' && icon(value),
      el('span', { class: 'name' }, label(facet, value)),
      el('span', { class: 'count' }),
    ),
    el('button', { type: 'button', class: 'only', 'aria-label': t('filter.only.label', { name: label(facet, value) }), click: () => set({ [facet]: [value] }) }, t('filter.only')),
  )))
}

/** @param {string} facet @param {string} value */
function label(facet, value) {
  return t(`${facet === 'event_type' ? 'type' : facet}.${value}`)
}

/** Takes one facet's boxes over into the state: all ticked is no filter. @param {keyof typeof FACETS} facet */
function readFacet(facet) {
  const ticked = [.../** @type {NodeListOf<HTMLInputElement>} */ (byId('filters').querySelectorAll(`[name=${facet}]:checked`))].map((box) => box.value)
  set({ [facet]: ticked.length === FACETS[facet].length ? [] : ticked.length === 0 ? [NONE] : ticked })
}

/** Puts the state and the counts into the form; a value's count is what ticking it alone would show. @param {Incident[]} incidents */
export function updateFilters(incidents) {
  for (const facet of FACET_NAMES) {
    const others = FACET_NAMES.filter((other) => other !== facet)
    const counts = /** @type {Record<string, number>} */ ({})
    for (const { properties } of incidents) {
      if (others.every((other) => passes(other, properties[other]))) counts[properties[facet]] = (counts[properties[facet]] ?? 0) + 1
    }
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (byId('filters').querySelectorAll(`[name=${facet}]`))) {
      const count = counts[box.value] ?? 0
      box.checked = passes(facet, box.value)
      const shown = /** @type {HTMLElement} */ (box.parentElement?.querySelector('.count'))
      shown.textContent = number(count)
      box.parentElement?.classList.toggle('nothing', count === 0)
    }
  }
  for (const key of /** @type {const} */ (['q', 'from', 'to'])) if (document.activeElement !== byId(key)) byId(key).value = state[key]
  byId('from').max = state.to || '2999-12-31'
  byId('to').min = state.from
  byId('bbox').checked = state.bbox !== ''
  byId('mentions').checked = state.mentions
  byId('clear').hidden = !isFiltered()
}
