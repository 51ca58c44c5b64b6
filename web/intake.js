// Reports in: files dropped anywhere or chosen, or a pasted text; read one after the other, each with what came of it.
import { handIn, readOutOf, undo } from './api.js'
import { bdi, byId, el, refocus } from './dom.js'
import { dates, t } from './i18n.js'
import { ACCEPT, Unreadable, letters } from './files.js'
import { icon, kindOf, whereOf } from './layers.js'
import { readReport } from './reader.js'
import { followed } from './watches.js'

/** What went wrong is told of so many lines of a file, and so many incidents are named; the rest is counted. */
const PROBLEMS_SHOWN = 5
const INCIDENTS_SHOWN = 8
/** The server knows a file by its name; of another text of that name it says this. */
const CONFLICT = 409

/**
 * @typedef {object} On
 * @property {() => Promise<unknown>} changed loads anew what the page shows
 * @property {(id: string) => Promise<unknown>} open opens an incident that is new
 * @property {(points: [number, number][]) => void} fit shows points on the map
 * @typedef {{name: string, letters: (fill: {published: string, source: string}) => Promise<import('./files.js').Letter[]>, row: HTMLElement, is_done: boolean}} Entry
 */

/** @param {On} on */
export function createIntake(on) {
  const dialog = el('dialog', { id: 'intake', 'aria-labelledby': 'intake-title' })
  const veil = el('p', { id: 'veil', hidden: true })
  document.body.append(dialog, veil)
  /** What is to be read and what was, in the order of arrival. @type {Entry[]} */
  let entries = []
  let is_reading = false
  let opener = /** @type {Element | null} */ (null)
  const list = el('ol', { class: 'entries' })
  const said = el('p', { role: 'status', class: 'hint' })
  const bar = el('progress', { max: 1, value: 0, hidden: true })
  let parts = /** @type {Record<string, any>} */ ({})

  byId('add-report').addEventListener('click', () => open())
  addEventListener('dragenter', (event) => hover(event, true))
  addEventListener('dragover', (event) => hover(event, true))
  addEventListener('dragleave', (event) => event.relatedTarget === null && hover(event, false))
  addEventListener('drop', (event) => {
    if (!hover(event, false)) return
    add([.../** @type {FileList} */ (event.dataTransfer?.files)])
  })
  dialog.addEventListener('close', () => {
    entries = entries.filter(({ is_done }) => !is_done)
    refocus(opener, byId('add-report'))
  })

  /** Whether files are dragged, which the page then says. @param {DragEvent} event @param {boolean} is_over */
  function hover(event, is_over) {
    const has_files = event.dataTransfer?.types.includes('Files') ?? false
    if (has_files) event.preventDefault()
    veil.textContent = t('intake.drop')
    veil.hidden = !has_files || !is_over
    return has_files
  }

  function open() {
    if (dialog.open) return
    opener = document.activeElement
    draw()
    dialog.showModal()
    parts.choose.focus()
  }

  function draw() {
    const field = (/** @type {string} */ key, /** @type {any} */ control, /** @type {string} */ hint = '') => el('label', {}, el('span', {}, t(key)), control, hint && el('small', {}, t(hint)))
    const files = el('input', { type: 'file', multiple: true, accept: ACCEPT, class: 'hidden-input', tabindex: -1, 'aria-hidden': 'true', change: () => (add([...files.files]), (files.value = '')) })
    parts = {
      choose: el('button', { type: 'button', click: () => files.click() }, t('intake.choose')),
      published: el('input', { type: 'date', name: 'published', dir: 'ltr' }),
      source: el('input', { name: 'source', dir: 'auto', maxlength: 200, autocomplete: 'off' }),
      text: el('textarea', { name: 'text', rows: 3, dir: 'auto' }),
      title: el('input', { name: 'title', dir: 'auto', maxlength: 400, autocomplete: 'off' }),
      url: el('input', { name: 'url', type: 'url', dir: 'ltr', maxlength: 2000, autocomplete: 'off' }),
      read: el('button', { type: 'submit', class: 'primary' }, t('intake.read')),
    }
    dialog.replaceChildren(
      el('header', {}, el('h2', { id: 'intake-title' }, t('intake.title')), el('button', { type: 'button', class: 'close', 'aria-label': t('close'), click: () => dialog.close() }, '×')),
      el('form', { submit: (/** @type {Event} */ event) => (event.preventDefault(), submit()) },
        el('p', {}, parts.choose, ' ', t('intake.or'), files),
        field('intake.text', parts.text),
        el('div', { class: 'days' }, field('intake.headline', parts.title), field('intake.url', parts.url)),
        el('fieldset', { class: 'days' }, el('legend', { class: 'hint' }, t('intake.untold')), field('intake.published', parts.published, 'intake.published.hint'), field('intake.source', parts.source)),
        el('div', { class: 'buttons' }, parts.read, bar),
      ),
      said,
      list,
      followed(),
    )
    list.replaceChildren(...entries.map(({ row }) => row))
    said.textContent = entries.length > 0 ? t('intake.waiting', { n: entries.length }) : ''
  }

  /** @param {File[]} files */
  function add(files) {
    if (!dialog.open) open()
    for (const file of files) enter(file.name, (fill) => letters(file, fill))
    said.textContent = t('intake.waiting', { n: entries.filter(({ is_done }) => !is_done).length })
    parts.read.focus()
  }

  /** @param {string} name @param {Entry['letters']} content */
  function enter(name, content) {
    const row = el('li', {}, el('strong', {}, bdi(name)), ' ', el('span', { class: 'aside' }, t('intake.state.waiting')))
    entries.push({ name, letters: content, row, is_done: false })
    list.append(row)
  }

  function submit() {
    const text = parts.text.value
    if (text.trim()) {
      const told = { title: parts.title.value.trim(), url: parts.url.value.trim() }
      enter(told.title || `${text.trim().slice(0, 40)}…`, async (fill) => [{ body: text, told: { ...told, ...fill }, where: '' }])
      parts.text.value = parts.title.value = parts.url.value = ''
    }
    if (is_reading) return
    if (entries.every(({ is_done }) => is_done)) return (said.textContent = t('intake.nothing')), parts.choose.focus()
    read()
  }

  /** Reads what waits, one after the other; what comes in meanwhile too. */
  async function read() {
    is_reading = true
    bar.hidden = false
    said.scrollIntoView({ block: 'nearest' })
    const points = /** @type {[number, number][]} */ ([])
    const sums = { read: 0, there: 0, failed: 0 }
    for (let entry; (entry = entries.find(({ is_done }) => !is_done)); ) {
      entry.is_done = true
      said.textContent = t('intake.reading', { name: entry.name })
      await readOne(entry, sums, points)
    }
    is_reading = false
    bar.hidden = true
    await on.changed()
    on.fit(points)
    said.textContent = [sums.read > 0 && t('intake.done.read', { n: sums.read }), sums.there > 0 && t('intake.done.there', { n: sums.there }), sums.failed > 0 && t('intake.done.failed', { n: sums.failed })].filter(Boolean).join(' · ') || t('intake.nothing')
  }

  /** Reads a file, report by report; a bad one stops none of the others. @param {Entry} entry @param {{read: number, there: number, failed: number}} sums @param {[number, number][]} points */
  async function readOne({ name, letters: content, row }, sums, points) {
    const problems = /** @type {{where: string, problem: string}[]} */ ([])
    const results = /** @type {import('./api.js').HandedIn[]} */ ([])
    bar.removeAttribute('value')
    row.replaceChildren(el('strong', {}, bdi(name)), ' ', el('span', { class: 'aside' }, t('intake.state.reading')))
    try {
      const all = await content({ published: parts.published.value, source: parts.source.value.trim() })
      for (const [index, letter] of all.entries()) {
        try {
          if (letter.problem) problems.push({ where: letter.where, problem: letter.problem })
          else results.push(await sent(letter))
        } catch (error) {
          problems.push({ where: letter.where, problem: worded(error) })
        }
        if (all.length > 1) bar.value = (index + 1) / all.length
      }
    } catch (error) {
      problems.push({ where: '', problem: worded(error) })
    }
    sums.read += results.filter(({ duplicate }) => !duplicate).length
    sums.there += results.filter(({ duplicate }) => duplicate).length
    sums.failed += problems.length
    row.replaceChildren(el('strong', {}, bdi(name)), ...await outcome(results, points), ...told(problems))
    row.scrollIntoView({ block: 'nearest' })
  }

  /** @param {import('./files.js').Letter} letter */
  async function sent({ body, told }) {
    try {
      return await handIn(body, told)
    } catch (error) {
      // Another text came in under this name: this one is known by its content then.
      if (/** @type {import('./api.js').Problem} */ (error).status !== CONFLICT || !told?.id) throw error
      return handIn(body, { title: told.id, ...told, id: '' })
    }
  }

  /** @param {any} error */
  function worded(error) {
    return error instanceof Unreadable ? t(error.key, error.values) : error.message || t('problem.offline')
  }

  /** What went wrong with a file or its lines. @param {{where: string, problem: string}[]} problems */
  function told(problems) {
    return problems.length === 0 ? [] : [el('ul', { class: 'problem plain' },
      ...problems.slice(0, PROBLEMS_SHOWN).map(({ where, problem }) => el('li', {}, where && `${t('intake.line', { where })} `, bdi(problem))),
      problems.length > PROBLEMS_SHOWN && el('li', {}, t('intake.more', { n: problems.length - PROBLEMS_SHOWN })),
    )]
  }

  /** What came of the reports of a file. @param {import('./api.js').HandedIn[]} results @param {[number, number][]} points */
  async function outcome(results, points) {
    if (results.length === 0) return []
    const sum = (/** @type {(summary: import('./api.js').Summary) => number} */ of) => results.reduce((all, { summary }) => all + of(summary), 0)
    const lost = [...new Set(results.flatMap(({ summary }) => summary.unresolved))]
    const there = results.filter(({ duplicate }) => duplicate).length
    const changes = results.flatMap(({ change }) => (change ? [change] : []))
    const found = (await Promise.all(results.slice(0, INCIDENTS_SHOWN).map(({ report }) => readOutOf(report.id).then(({ incidents }) => incidents, () => [])))).flat()
    points.push(...found.flatMap(({ properties: { lon, lat } }) => (lon === null || lat === null ? [] : [/** @type {[number, number]} */ ([lon, lat])])))
    const back = el('button', { type: 'button', class: 'link', click: () => takeBack(changes, back) }, t('judge.undo'))
    const [first] = results
    return [
      el('p', {}, [there > 0 && t(results.length > 1 ? 'intake.done.there' : 'intake.there', { n: there }), t('intake.incidents', { n: sum(({ incidents }) => incidents) }), t('mentions.count', { n: sum(({ mentions }) => mentions) })].filter(Boolean).join(' · ')),
      lost.length > 0 && el('p', { class: 'aside' }, t('intake.lost', { n: lost.length }), ' ', ...lost.slice(0, INCIDENTS_SHOWN).flatMap((name, i) => [i > 0 && t('comma'), bdi(name)]).filter(Boolean)),
      el('ul', { class: 'plain found' }, ...found.slice(0, INCIDENTS_SHOWN).map((incident) => el('li', {}, icon(incident.properties.event_type, incident.properties.status), ' ', el('button', { type: 'button', class: 'link', click: () => leave(() => on.open(incident.id)) }, kindOf(incident.properties)), ' · ', dates(incident.properties.date_start, incident.properties.date_end), ' · ', whereOf(incident.properties) ?? t('place.none')))),
      el('p', { class: 'buttons' }, results.length === 1 && el('button', { type: 'button', class: 'link', click: () => leave(() => readReport(first.report.id)) }, t('report.read')), changes.length > 0 && back),
    ].filter(Boolean)
  }

  /** Goes to what was found. @param {() => unknown} act */
  function leave(act) {
    dialog.close()
    act()
  }

  /** Takes what a file brought out again. @param {number[]} changes @param {HTMLButtonElement} button */
  async function takeBack(changes, button) {
    button.disabled = true
    try {
      for (const change of [...changes].reverse()) await undo(change)
      button.closest('li')?.replaceChildren(t('intake.undone', { n: changes.length }))
      await on.changed()
    } catch (error) {
      button.disabled = false
      said.textContent = worded(error)
    }
    if (dialog.open) parts.choose.focus()
  }

  return { relabel: () => dialog.open && draw() }
}
