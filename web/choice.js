// A filter with many values: those chosen, the most frequent ones, and a search through the rest.
import { isWhole, valuesHolding } from './api.js'
import { el, inert } from './dom.js'
import { country, has, number, t } from './i18n.js'
import { set, state } from './state.js'

/** Values shown while nobody searches. */
const SHOWN = 5
const FOUND = 12
const TYPING_PAUSE_MS = 250

/** Filters of this kind. */
export const CHOICES = /** @type {const} */ (['country', 'admin1', 'actor', 'source', 'sub_event_type'])
/** @typedef {typeof CHOICES[number]} Key */
/** @typedef {{value: string, count: number}} Value */

/** What the search field of each holds, kept while the form is built anew. @type {Partial<Record<Key, string>>} */
const letters = {}
/** @type {Partial<Record<Key, number>>} */
const asked = {}

/** A value in the reader's language. @param {Key} key @param {string} value */
function nameOf(key, value) {
  if (key === 'country') return country(value)
  return has(`sub.${value}`) && key === 'sub_event_type' ? t(`sub.${value}`) : inert(value)
}

/** @param {Key} key @returns {HTMLElement} */
export function choiceSet(key) {
  let timer = 0
  const search = el('input', { type: 'search', id: `${key}-search`, dir: 'auto', autocomplete: 'off', placeholder: t('choice.search'), 'aria-label': t('choice.search.label', { name: t(`filter.${key}`) }), input: () => {
    letters[key] = search.value.trim()
    clearTimeout(timer)
    timer = window.setTimeout(() => fill(key), TYPING_PAUSE_MS)
  } })
  search.value = letters[key] ?? ''
  return el('fieldset', { class: `facet choices ${key}` }, el('legend', {}, t(`filter.${key}`)), search, el('div', { class: 'values', role: 'group', 'aria-label': t(`filter.${key}`) }))
}

/** @type {import('./api.js').Facets} */
let facets = {}

/** Puts the counts into all of them. @param {import('./api.js').Facets} counts */
export function updateChoices(counts) {
  facets = counts
  for (const key of CHOICES) fill(key)
}

/** @param {Key} key */
async function fill(key) {
  const box = document.querySelector(`.choices.${key} .values`)
  if (!box) return
  const mine = asked[key] = (asked[key] ?? 0) + 1
  const sought = letters[key] ?? ''
  const known = facets[key]?.values ?? []
  // Countries and kinds are sought as the reader's language calls them, which the server does not know.
  const own = known.filter(({ value }) => nameOf(key, value).toLocaleLowerCase().includes(sought.toLocaleLowerCase()))
  const found = !sought || isWhole(facets, key) && (key === 'country' || key === 'sub_event_type') ? own : await valuesHolding(key, sought).catch(() => own)
  if (mine !== asked[key]) return
  const chosen = state[key].map((value) => known.find((each) => each.value === value) ?? { value, count: 0 })
  const others = found.filter(({ value }) => !state[key].includes(value)).slice(0, sought ? FOUND : SHOWN)
  const focused = /** @type {HTMLInputElement | null} */ (box.contains(document.activeElement) ? document.activeElement : null)?.value
  const empty = sought && others.length === 0 ? [el('p', { class: 'hint' }, t('choice.none'))] : []
  box.replaceChildren(...[...chosen, ...others].map((each) => line(key, each)), ...empty)
  box.closest('fieldset')?.toggleAttribute('hidden', known.length === 0 && state[key].length === 0)
  if (focused) /** @type {NodeListOf<HTMLInputElement>} */ (box.querySelectorAll('input')).forEach((input) => input.value === focused && input.focus())
}

/** @param {Key} key @param {Value} value */
function line(key, { value, count }) {
  const change = (/** @type {any} */ { target }) => set({ [key]: target.checked ? [...state[key], value] : state[key].filter((each) => each !== value) })
  return el('label', { class: `choice${count === 0 ? ' nothing' : ''}` },
    el('input', { type: 'checkbox', name: key, value, checked: state[key].includes(value), change }),
    el('span', { class: 'name' }, el('bdi', {}, nameOf(key, value))),
    el('span', { class: 'count' }, number(count)),
  )
}
