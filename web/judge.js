// What a reader says of an incident: it is right, it is none, or other values; kept apart from what the machine reads, and taken back by one press.
import { judge, unjudge } from './api.js'
import { bdi, byId, el, inert } from './dom.js'
import { t, under } from './i18n.js'

/** Fields that the form has, with how their text becomes a value. */
const FIELDS = {
  sub_event_type: (/** @type {string} */ text) => text || null,
  date_start: (/** @type {string} */ text) => text || null,
  date_end: (/** @type {string} */ text) => text || null,
  killed_low: whole,
  killed_best: whole,
  killed_high: whole,
}

/** @param {string} text */
function whole(text) {
  return text === '' ? null : Number(text)
}

/**
 * The line of buttons under an incident.
 * @param {import('./api.js').Incident} incident
 * @param {{changed: () => Promise<unknown>, say: (text: string, undo?: () => unknown) => void}} on
 * @returns {HTMLElement}
 */
export function judgeBox(incident, on) {
  const { corrected } = incident.properties
  const button = (/** @type {string} */ key, /** @type {() => unknown} */ click) => el('button', { type: 'button', class: 'link', click }, t(key))
  const by = corrected && el('span', { class: 'aside block' }, t(corrected.verdict ? `judge.said.${corrected.verdict}` : 'judge.said.corrected'), ' ', bdi(corrected.by), ' ', corrected.note && el('q', { dir: 'auto' }, inert(corrected.note)))
  return el('div', { class: 'judge', role: 'group', 'aria-label': t('judge') },
    corrected?.verdict !== 'confirmed' && button('judge.confirm', () => say(incident, 'confirmed', on)),
    button('judge.correct', () => open(incident, on)),
    button('judge.reject', () => say(incident, 'rejected', on)),
    corrected && button('judge.undo', () => takeBack(incident.id, corrected.version, on)),
    by,
  )
}

/** What a correction has by now: what is put is the whole of it. @param {import('./api.js').Incident} incident */
function known({ properties }) {
  return Object.fromEntries((properties.corrected?.fields ?? []).map((name) => [name, /** @type {any} */ (properties)[name]]))
}

/** @param {import('./api.js').Incident} incident @param {'confirmed' | 'rejected'} verdict @param {any} on */
async function say(incident, verdict, on) {
  const { corrected } = incident.properties
  try {
    const version = await judge(incident.id, { fields: known(incident), verdict, note: corrected?.note ?? '' }, corrected?.version)
    await on.changed()
    on.say(t(`judge.done.${verdict}`), () => takeBack(incident.id, version, on))
  } catch (error) {
    on.say(/** @type {Error} */ (error).message || t('problem.offline'))
  }
}

/** @param {string} id @param {string} version @param {any} on */
async function takeBack(id, version, on) {
  try {
    await unjudge(id, version)
    await on.changed()
    on.say(t('judge.done.undone'))
  } catch (error) {
    on.say(/** @type {Error} */ (error).message || t('problem.offline'))
  }
}

/** @param {import('./api.js').Incident} incident @param {any} on */
function open(incident, on) {
  const { properties } = incident
  const dialog = /** @type {HTMLDialogElement} */ (byId('judge-form'))
  const value = (/** @type {string} */ name) => /** @type {any} */ (properties)[name] ?? ''
  const field = (/** @type {string} */ name, /** @type {any} */ control) => el('label', {}, el('span', {}, t(`judge.form.${name}`)), control)
  const day = (/** @type {string} */ name) => field(name, el('input', { name, type: 'date', value: value(name), dir: 'ltr' }))
  const count = (/** @type {string} */ name) => field(name, el('input', { name, type: 'number', min: 0, step: 1, value: value(name), dir: 'ltr' }))
  const problem = el('p', { class: 'problem', role: 'alert', hidden: true })
  const form = el('form', { submit: (/** @type {Event} */ event) => { event.preventDefault(); send(incident, form, problem, on) } },
    el('h2', {}, t('judge.form.title')),
    field('sub_event_type', el('select', { name: 'sub_event_type' }, ...under('sub').map((type) => el('option', { value: type, selected: type === properties.sub_event_type }, t(`sub.${type}`))))),
    el('div', { class: 'days' }, day('date_start'), day('date_end')),
    el('div', { class: 'days' }, count('killed_low'), count('killed_best'), count('killed_high')),
    field('note', el('input', { name: 'note', maxlength: 400, dir: 'auto', autocomplete: 'off', value: properties.corrected?.note ?? '' })),
    problem,
    el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, t('place.form.save')), el('button', { type: 'button', click: () => dialog.close() }, t('cancel'))),
  )
  dialog.replaceChildren(form)
  dialog.showModal()
  form.elements.namedItem('sub_event_type').focus()
}

/** @param {import('./api.js').Incident} incident @param {HTMLFormElement} form @param {HTMLElement} problem @param {any} on */
async function send(incident, form, problem, on) {
  const { properties } = incident
  const data = new FormData(form)
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim()
  const typed = Object.entries(FIELDS).map(([name, read]) => [name, read(text(name))])
  const changed = typed.filter(([name, value]) => value !== (/** @type {any} */ (properties)[/** @type {string} */ (name)] ?? null))
  try {
    const version = await judge(incident.id, { fields: { ...known(incident), ...Object.fromEntries(changed) }, verdict: properties.corrected?.verdict ?? null, note: text('note') }, properties.corrected?.version)
    const dialog = /** @type {HTMLDialogElement} */ (byId('judge-form'))
    dialog.close()
    await on.changed()
    on.say(t('judge.done.corrected'), () => takeBack(incident.id, version, on))
  } catch (error) {
    problem.textContent = /** @type {Error} */ (error).message || t('problem.offline')
    problem.hidden = false
  }
}
