// The filters: the form and its counts. What passes them is the server's business.
import { EVENT_TYPES, FACETS } from './api.js'
import { CHOICES, choiceSet, updateChoices } from './choice.js'
import { byId, el } from './dom.js'
import { number, t } from './i18n.js'
import { icon } from './layers.js'
import { NONE, clear, isFiltered, set, state } from './state.js'

const TYPING_PAUSE_MS = 350
const FACET_NAMES = /** @type {(keyof typeof FACETS)[]} */ (Object.keys(FACETS))

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
    el('details', { id: 'more', open: byId('filters').querySelector('#more')?.open ?? isNarrowed() },
      el('summary', {}, t('filter.more')), ...CHOICES.map(choiceSet), toll(), facetSet('status'), facetSet('granularity'), facetSet('geo_precision'), facetSet('lang')),
    el('fieldset', { class: 'drawn-as' }, el('legend', {}, t('style')), ...['', 'heat', 'areas'].map((style) => el('label', { class: 'choice' }, el('input', { type: 'radio', name: 'style', value: style, change: () => set({ style }) }), el('span', { class: 'name' }, t(`style.${style || 'marks'}`))))),
    el('div', { class: 'ticks' },
      tick('bbox', (is_on) => set({ bbox: is_on ? map.bbox() : '' })),
      tick('mentions', (mentions) => set({ mentions })),
    ),
    el('button', { type: 'button', id: 'clear', click: clear }, t('filter.clear')),
  )
}

/** Whether a filter of the folded part is set: what hides incidents must be seen. */
function isNarrowed() {
  return state.killed_best !== '' || [...CHOICES, ...FACET_NAMES].some((key) => key !== 'event_type' && state[key].length > 0)
}

/** At least and at most so many killed. */
function toll() {
  const end = (/** @type {string} */ id) => el('label', {}, el('span', {}, t(`filter.${id}`)), el('input', { type: 'number', id, min: 0, step: 1, dir: 'ltr', inputmode: 'numeric', change: () => {
    const [low, high] = [byId('killed-least').value, byId('killed-most').value].map((typed) => (/^\d+$/.test(typed) ? typed : ''))
    set({ killed_best: low || high ? `${low}..${high}` : '' })
  } }))
  return el('div', { class: 'days' }, end('killed-least'), end('killed-most'))
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

/** @param {keyof typeof FACETS} facet @param {string} value */
function passes(facet, value) {
  return state[facet].length === 0 || state[facet].includes(value)
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

/** Puts the state and the counts into the form; a value's count is what ticking it alone would show. @param {import('./api.js').Facets} counts */
export function updateFilters(counts) {
  for (const facet of FACET_NAMES) {
    const known = new Map(counts[facet]?.values.map(({ value, count }) => [value, count]))
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (byId('filters').querySelectorAll(`[name=${facet}]`))) {
      const count = known.get(box.value) ?? 0
      box.checked = passes(facet, box.value)
      const shown = /** @type {HTMLElement} */ (box.parentElement?.querySelector('.count'))
      shown.textContent = number(count)
      box.parentElement?.classList.toggle('nothing', count === 0)
    }
  }
  updateChoices(counts)
  if (isNarrowed()) byId('more').open = true
  const [low = '', high = low] = state.killed_best.split('..')
  for (const [id, value] of [['killed-least', low], ['killed-most', high]]) if (document.activeElement !== byId(id)) byId(id).value = value
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (byId('filters').querySelectorAll('[name=style]'))) radio.checked = radio.value === state.style
  for (const key of /** @type {const} */ (['q', 'from', 'to'])) if (document.activeElement !== byId(key)) byId(key).value = state[key]
  byId('from').max = state.to || '2999-12-31'
  byId('to').min = state.from
  byId('bbox').checked = state.bbox !== ''
  byId('mentions').checked = state.mentions
  byId('clear').hidden = !isFiltered()
}
