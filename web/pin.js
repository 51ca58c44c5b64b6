// What a person says that a name means: one of the candidates, no place, or a new one; here, in the report, in the source or always.
import * as api from './api.js'
import { preview, whatChanged } from './changed.js'
import { bdi, el, inert } from './dom.js'
import { number, t } from './i18n.js'

const SCOPES = ['mention', 'report', 'source', 'always']
/** What is chosen beside the candidates. */
const NO_PLACE = ''

/** @typedef {{map: import('./map.js').MapView, addPlace: {begin: (given?: import('./addplace.js').Given) => void}, changed: () => Promise<unknown>, say: (text: string, undo?: () => unknown) => void, undo: (changes: (number | undefined)[]) => unknown}} On */
/** @type {On | null} */
let on = null

/** What the page does for a decision; said once, at the start. @param {On} own */
export function setUpPins(own) {
  on = own
}

/**
 * The part of «why» in which one decides.
 * @param {string} id of a mention
 * @param {import('./api.js').Candidate[]} candidates
 * @param {string | null} now the place that it means now
 * @param {() => void} grown
 * @returns {{node: HTMLElement, choose: (id: string) => void, show: (is_open: boolean) => void}}
 */
export function deciding(id, candidates, now, grown) {
  /** @type {string | null} */
  let chosen = null
  let asked = 0
  /** @type {{name: string, report_id: string, start: number, end: number, source: string | null} | null} */
  let spot = null
  const answer = el('div', { role: 'status', class: 'answer' })
  const scope = el('select', { change: () => chosen !== null && look() }, ...SCOPES.map((name) => el('option', { value: name }, t(`scope.${name}`))))
  const save = el('button', { type: 'button', class: 'primary', disabled: true, click: () => keep() }, t('pin.save'))
  const choices = [
    ...candidates.map((candidate, n) => ({ id: candidate.id, text: `${number(n + 1)} · ${inert(candidate.name)}`, is_now: candidate.id === now })),
    { id: NO_PLACE, text: t('pin.none'), is_now: false },
  ]
  const buttons = choices.map((choice) => el('button', { type: 'button', 'aria-pressed': 'false', 'data-choice': choice.id, click: () => choose(choice.id) }, bdi(choice.text), choice.is_now && el('span', { class: 'aside' }, ` ${t('pin.now')}`)))
  const node = el('section', { class: 'deciding' },
    el('h4', {}, t('pin.title')),
    el('div', { class: 'choices', role: 'group', 'aria-label': t('pin.title') }, ...buttons, el('button', { type: 'button', click: () => fresh() }, t('pin.new'))),
    el('label', {}, el('span', {}, t('scope')), scope),
    answer,
    save,
  )

  /** The mention as the report has it, asked for once. */
  async function spotted() {
    if (spot) return spot
    const { properties } = await api.mention(id)
    const { source } = await api.report(properties.report_id)
    spot = { name: properties.text, report_id: properties.report_id, start: properties.start, end: properties.end, source }
    const without_source = /** @type {HTMLOptionElement} */ (scope.querySelector('[value=source]'))
    without_source.disabled = !source
    return spot
  }

  /** @param {string} place @returns {Promise<import('./api.js').Correction>} */
  async function correction(place) {
    const { name, report_id, start, end, source } = await spotted()
    const where = { mention: { report_id, start, end }, report: { report_id }, source: { source: source ?? '' }, always: {} }
    return { ruling: place ? 'pin' : 'reject', name, ...(place ? { place_id: place } : {}), scope: scope.value, .../** @type {any} */ (where)[scope.value] }
  }

  /** @param {string} place */
  function choose(place) {
    chosen = place
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.choice === place))
    mark()
    look()
  }

  /** Says what would move before anything is saved. */
  async function look() {
    const mine = ++asked
    save.disabled = true
    answer.replaceChildren(t('loading.short'))
    const tried = await correction(chosen ?? '').then((made) => api.correct(made, true)).catch((/** @type {Error} */ error) => error)
    if (mine !== asked) return
    save.disabled = tried instanceof Error
    answer.replaceChildren(tried instanceof Error ? el('p', { class: 'problem' }, tried.message || t('problem.offline')) : preview(tried))
    grown()
  }

  async function keep() {
    save.disabled = true
    try {
      const made = await correction(chosen ?? '')
      const { change, changed } = await api.correct(made, false)
      on?.map.closePopup()
      await on?.changed()
      on?.say(`${t(made.ruling === 'pin' ? 'pin.done' : 'pin.rejected', { name: inert(made.name) })} ${whatChanged(changed)}`, () => on?.undo([change]))
    } catch (error) {
      answer.replaceChildren(el('p', { class: 'problem', role: 'alert' }, /** @type {Error} */ (error).message || t('problem.offline')))
      save.disabled = false
    }
  }

  /** A new place where the reader clicks; the name is pinned to it as far as the scope goes. */
  async function fresh() {
    const { name } = await spotted()
    // The map has to be seen to be clicked.
    for (const dialog of document.querySelectorAll('dialog')) dialog.close()
    on?.addPlace.begin({ name, added: async (place) => (await api.correct(await correction(place.id), false)).change })
  }

  function mark() {
    on?.map.pins(candidates.map(({ id, name, country, lon, lat }, n) => ({ lon, lat, text: number(n + 1), label: [inert(name), country].filter(Boolean).join(t('comma')), className: id === chosen ? 'chosen' : '', open: () => choose(id) })))
  }

  return { node, choose, show: (is_open) => (is_open ? mark() : on?.map.pins([])) }
}
