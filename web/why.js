// Why a mention means its place: what was looked up, what speaks for each place, what would have changed the answer.
import { why } from './api.js'
import { bdi, el, inert } from './dom.js'
import { decimal, has, language, number, percent, t } from './i18n.js'
import { deciding } from './pin.js'
import { translated } from './reasons.js'

/** Candidates that can be chosen; those whose reasons are told, and reasons of each: the rest is in the server's answer. */
const PLACES_SHOWN = 8
const PLACES_EXPLAINED = 3
const REASONS_SHOWN = 5

/** A box that asks the server when it is opened. @param {string} id of a mention @returns {HTMLElement} */
export function whyBox(id) {
  const answer = el('div', { role: 'status' })
  let is_asked = false
  /** @type {ReturnType<typeof deciding> | null} */
  let decision = null
  const open = async (/** @type {any} */ { target }) => {
    decision?.show(target.open)
    if (!target.open || is_asked) return
    is_asked = true
    answer.replaceChildren(t('loading'))
    const found = await why(id).catch((/** @type {Error} */ problem) => problem)
    is_asked = !(found instanceof Error)
    if (found instanceof Error) answer.replaceChildren(el('p', { class: 'problem' }, found.message || t('problem.offline')))
    else {
      decision = deciding(id, found.candidates.slice(0, PLACES_SHOWN), found.answer?.place?.id ?? null, () => answer.dispatchEvent(new Event('grown', { bubbles: true })))
      answer.replaceChildren(...parts(found, decision.choose), decision.node)
      decision.show(target.open)
    }
    answer.dispatchEvent(new Event('grown', { bubbles: true }))
  }
  return el('details', { class: 'why', toggle: open }, el('summary', {}, t('why')), answer)
}

/** @param {import('./api.js').Why} why @param {(id: string) => void} choose @returns {HTMLElement[]} */
function parts({ tried, recognition, candidates, balance, trials, is_too_long }, choose) {
  const changing = [...trials.filter(({ is_other }) => is_other), ...trials.filter(({ is_other }) => !is_other)]
  return [
    part('why.tried', tried.map(({ words, cut, outcome, places }) => el('li', {}, quoted(words), ...(cut ? [' ', t('why.without'), ' ', quoted(cut)] : []), ' ', t(`why.outcome.${outcome}`, { n: places })))),
    recognition && part('why.name', [el('li', {}, t('why.strength', { strength: decimal(recognition.strength), needed: decimal(recognition.needed) }), reasons(recognition.grounds))]),
    part('why.places', candidates.slice(0, PLACES_SHOWN).map(({ id, name, country, score, reasons: all }, n) => el('li', {},
      el('button', { type: 'button', class: 'pin-number', 'aria-label': t('pin.choose', { n: n + 1, name }), click: () => choose(id) }, number(n + 1)), ' ',
      bdi(country ? `${name}, ${country}` : name), ...(score === null ? [] : [' ', weight(score)]), n < PLACES_EXPLAINED && reasons(all.slice(0, REASONS_SHOWN))))),
    balance && el('p', {}, t('why.ahead', { margin: decimal(balance.margin) }), ' ', bdi(balance.second)),
    is_too_long ? el('p', {}, t('why.long')) : part('why.trials', changing.map((trial) => el('li', {}, ...otherwise(trial), ': ', then(trial)))),
  ].filter(Boolean)
}

/** @param {string} title @param {HTMLElement[]} lines */
function part(title, lines) {
  return lines.length > 0 && el('section', {}, el('h4', {}, t(title)), el('ul', { class: 'plain' }, ...lines))
}

/** A reason that the page has no words for is told in the program's own, which are English. @param {{what: string, weight: number}[]} all */
function reasons(all) {
  return el('ul', { class: 'reasons' }, ...all.map(({ what, weight: value }) => {
    const own = translated(what)
    return el('li', {}, weight(value), ' ', own === null ? el('bdi', { lang: 'en' }, inert(what)) : bdi(own))
  }))
}

/** @param {number} value */
function weight(value) {
  return el('span', { class: 'weight', dir: 'ltr' }, `${value > 0 ? '+' : ''}${decimal(value)}`)
}

/** @param {import('./api.js').Trial} trial @returns {Node[]} */
function otherwise({ what, word }) {
  const key = `why.trial.${has(`why.trial.${what}`) ? what : 'without_name'}`
  // The word of the report stands where the pattern says, as text of its own direction.
  const [before, after] = t(key).split('*')
  return [document.createTextNode(before), quoted(word), document.createTextNode(after ?? '')]
}

/** @param {import('./api.js').Trial} trial @returns {Node} */
function then({ is_other, answer }) {
  if (!is_other) return document.createTextNode(answer ? `${t('why.same')} (${percent(answer.confidence)})` : t('why.same'))
  if (!answer) return document.createTextNode(t('why.none'))
  return answer.place ? el('strong', {}, bdi([answer.place.name, answer.place.country].filter(Boolean).join(', ')), ` (${percent(answer.confidence)})`) : document.createTextNode(t('place.unlocated'))
}

/** @param {string} text */
function quoted(text) {
  return el('q', { dir: 'auto', lang: /\p{Script=Arabic}/u.test(text) ? 'ar' : language() === 'ar' ? null : language() }, bdi(text))
}
