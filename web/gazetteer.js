// The gazetteer beside the map: any spelling found, places added, names that nobody knows, what was changed, files in and out.
import * as api from './api.js'
import { bdi, byId, el, highlighted, direction, inert } from './dom.js'
import { closeDrawer, openDrawer } from './drawer.js'
import { dates, has, language, number, t } from './i18n.js'
import { parse } from './coordinates.js'
import { whatChanged } from './changed.js'

const TYPING_PAUSE_MS = 250
/** Changes shown at first. */
const CHANGES_SHOWN = 40

/**
 * @typedef {object} On
 * @property {import('./map.js').MapView} map
 * @property {{begin: (given?: import('./addplace.js').Given) => void, at: (lon: number, lat: number, given?: import('./addplace.js').Given) => void}} addPlace
 * @property {() => Promise<unknown>} changed
 * @property {(text: string, undo?: () => unknown) => void} say
 */

/** Puts the gazetteer behind its button. @param {On} on */
export function setUpGazetteer(on) {
  byId('gazetteer-open').addEventListener('click', () => openGazetteer(on))
}

const TABS = { find, queue, history, files }

/** @param {On} on @param {keyof typeof TABS} [first] */
export function openGazetteer(on, first = 'find') {
  const body = el('div', { class: 'tab', role: 'tabpanel', id: 'gazetteer-tab', tabindex: -1 })
  const names = /** @type {(keyof typeof TABS)[]} */ (Object.keys(TABS))
  const show = (/** @type {keyof typeof TABS} */ name) => {
    on.map.pins([])
    for (const button of tabs.children) {
      const is_mine = button.id === `tab-${name}`
      button.setAttribute('aria-selected', String(is_mine))
      button.tabIndex = is_mine ? 0 : -1
    }
    body.setAttribute('aria-labelledby', `tab-${name}`)
    body.replaceChildren()
    TABS[name](body, on)
  }
  const tabs = el('div', { class: 'tabs', role: 'tablist', 'aria-label': t('gazetteer'), keydown: (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const turn = document.documentElement.dir === 'rtl' ? -step : step
    const at = names.findIndex((name) => `tab-${name}` === document.activeElement?.id)
    const next = names[(at + turn + names.length) % names.length]
    show(next)
    byId(`tab-${next}`).focus()
  } }, ...names.map((name) => el('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'gazetteer-tab', click: () => show(name) }, t(`gazetteer.${name}`))))
  openDrawer(t('gazetteer'), [tabs, body], () => on.map.pins([]))
  show(first)
}

/** @param {HTMLElement} body @param {On} on */
function find(body, on) {
  const found = el('ol', { class: 'found' })
  const said = el('p', { role: 'status', class: 'hint' }, t('gazetteer.find.hint'))
  let timer = 0
  let asked = 0
  const input = el('input', { type: 'search', dir: 'auto', autocomplete: 'off', input: () => {
    clearTimeout(timer)
    timer = window.setTimeout(look, TYPING_PAUSE_MS)
  } })
  async function look() {
    const text = input.value.trim()
    const mine = ++asked
    on.map.pins([])
    found.replaceChildren()
    if (!text) return void (said.textContent = t('gazetteer.find.hint'))
    const point = parse(text)
    if (point) {
      said.textContent = t(`notation.${point.notation}`)
      on.map.pins([{ lon: point.lon, lat: point.lat, text: '1', label: text }])
      on.map.fit([[point.lon, point.lat]])
      found.replaceChildren(el('li', {}, el('bdi', { dir: 'ltr' }, `${point.lat}, ${point.lon}`), ' ', el('button', { type: 'button', click: () => on.addPlace.at(point.lon, point.lat) }, t('place.add'))))
      return
    }
    const hits = await api.findPlaces(text, language()).catch((/** @type {Error} */ error) => error)
    if (mine !== asked || !found.isConnected) return
    if (hits instanceof Error) return void (said.textContent = hits.message || t('problem.offline'))
    said.textContent = hits.length > 0 ? t('gazetteer.hits', { n: hits.length }) : t('gazetteer.nothing', { name: text })
    on.map.pins(hits.map((hit, n) => ({ lon: hit.point[0], lat: hit.point[1], text: number(n + 1), label: hit.label, open: () => found.children[n]?.querySelector('button')?.click() })))
    found.replaceChildren(...hits.map((hit, n) => hitRow(hit, n, on)))
    if (hits.length === 0) found.append(el('li', {}, el('button', { type: 'button', click: () => on.addPlace.begin({ name: text }) }, t('gazetteer.add', { name: text }))))
  }
  body.append(el('label', {}, el('span', {}, t('gazetteer.find.label')), input), said, found)
  input.focus()
}

/** @param {api.Hit} hit @param {number} n @param {On} on */
function hitRow(hit, n, on) {
  const more = el('div', { hidden: true })
  const open = async () => {
    on.map.fit([hit.point])
    more.hidden = !more.hidden
    if (!more.hidden && !more.hasChildNodes()) more.replaceChildren(...(await known(hit, on)))
  }
  return el('li', {},
    el('button', { type: 'button', class: 'link', click: open }, el('span', { class: 'pin-number', 'aria-hidden': 'true' }, number(n + 1)), ' ', bdi(hit.name)),
    el('span', { class: 'aside block' }, ...parts([has(`layer.${hit.kind}`) ? t(`layer.${hit.kind}`) : hit.kind, bdi(above(hit)), hit.population ? t('gazetteer.people', { n: hit.population }) : null])),
    more,
  )
}

/** What a place lies in, from its label. @param {api.Hit} hit */
function above({ label, name }) {
  return label.startsWith(name) ? label.slice(name.length).replace(/^[،,\s]+/, '') : label
}

/** All that is known of a place: its names, by language, and a field for one more. @param {api.Hit} hit @param {On} on @returns {Promise<Node[]>} */
async function known(hit, on) {
  const place = await api.placeOf(hit.id).catch((/** @type {Error} */ error) => error)
  if (place instanceof Error) return [el('p', { class: 'problem' }, place.message || t('problem.offline'))]
  const { names, source, parent } = place.properties
  const [above] = parent ? await api.placesBy([parent], language()).catch(() => []) : []
  const input = el('input', { dir: 'auto', autocomplete: 'off', maxlength: 120, required: true })
  const form = el('form', { class: 'inline', submit: async (/** @type {Event} */ event) => {
    event.preventDefault()
    const name = input.value.trim()
    try {
      const made = await api.addNames(hit.id, [{ name, ...(/\p{Script=Arabic}/u.test(name) ? { lang: 'ar' } : {}) }])
      await on.changed()
      if (made) on.say(`${t('gazetteer.spelt', { name })} ${whatChanged(made.changed)}`, () => takeBack([made.change], on))
      else on.say(t('place.used.known', { place: hit.name }))
      closeDrawer()
    } catch (error) {
      on.say(/** @type {Error} */ (error).message || t('problem.offline'))
    }
  } }, el('label', {}, el('span', {}, t('gazetteer.spelling')), input), el('button', { type: 'submit' }, t('gazetteer.spelling.add')))
  return [
    el('p', { class: 'names' }, ...parts([...new Set(names.map((/** @type {any} */ { name }) => name))].slice(0, 24).map((name) => bdi(/** @type {string} */ (name))))),
    el('p', { class: 'aside' }, ...parts([above && bdi(above.label), source && bdi(source), el('bdi', { dir: 'ltr' }, hit.id), el('bdi', { dir: 'ltr' }, `${hit.point[1].toFixed(4)}, ${hit.point[0].toFixed(4)}`)])),
    form,
  ]
}

/** @param {HTMLElement} body @param {On} on */
async function queue(body, on) {
  body.replaceChildren(el('p', { role: 'status' }, t('loading.short')))
  const names = await api.unresolved().catch((/** @type {Error} */ error) => error)
  if (names instanceof Error) return body.replaceChildren(el('p', { class: 'problem', role: 'alert' }, names.message || t('problem.offline')))
  if (names.length === 0) return body.replaceChildren(el('p', { class: 'hint' }, t('queue.empty')))
  body.replaceChildren(el('p', { class: 'hint' }, t('queue.hint')), el('ol', { class: 'found' }, ...names.map(({ value, count }) => queued(value, count, on))))
}

/** @param {string} name @param {number} count @param {On} on */
function queued(name, count, on) {
  const details = el('details', { toggle: async () => {
    if (!details.open || quote.hasChildNodes()) return
    const mention = await api.exampleOf(name).catch(() => undefined)
    const { excerpt, start, end } = mention?.properties ?? {}
    if (excerpt) quote.replaceChildren(...highlighted(excerpt.text, [{ start: start - excerpt.start, end: end - excerpt.start }]))
    if (excerpt) quote.dir = direction(excerpt.lang)
  } }, el('summary', {}, bdi(name), ' ', el('span', { class: 'count' }, number(count))))
  const quote = el('blockquote', {})
  details.append(quote, el('div', { class: 'buttons' },
    el('button', { type: 'button', click: () => on.addPlace.begin({ name, added: async () => { if (details.isConnected) openGazetteer(on, 'queue') } }) }, t('queue.add')),
    el('button', { type: 'button', click: () => search(name, on) }, t('queue.search')),
    el('button', { type: 'button', click: () => reject(name, on) }, t('queue.reject')),
  ))
  return el('li', {}, details)
}

/** @param {string} name @param {On} on */
function search(name, on) {
  openGazetteer(on, 'find')
  const input = /** @type {HTMLInputElement} */ (byId('gazetteer-tab').querySelector('input'))
  input.value = name
  input.dispatchEvent(new Event('input'))
}

/** @param {string} name @param {On} on */
async function reject(name, on) {
  try {
    const { change, changed } = await api.correct({ ruling: 'reject', name, scope: 'always' }, false)
    await on.changed()
    on.say(`${t('queue.rejected', { name: inert(name) })} ${whatChanged(changed)}`, () => takeBack([change], on))
    openGazetteer(on, 'queue')
  } catch (error) {
    on.say(/** @type {Error} */ (error).message || t('problem.offline'))
  }
}

/** Takes changes back, the last first. @param {(number | undefined)[]} changes @param {Pick<On, 'changed' | 'say'>} on */
export async function takeBack(changes, on) {
  try {
    for (const change of changes.toReversed()) if (change !== undefined) await api.undo(change)
    await on.changed()
    on.say(t('judge.done.undone'))
  } catch (error) {
    on.say(/** @type {Error} */ (error).message || t('problem.offline'))
  }
}

/** @param {HTMLElement} body @param {On} on @param {number} [shown] */
async function history(body, on, shown = CHANGES_SHOWN) {
  const changes = await api.history().catch((/** @type {Error} */ error) => error)
  if (changes instanceof Error) return body.replaceChildren(el('p', { class: 'problem', role: 'alert' }, changes.message || t('problem.offline')))
  if (changes.length === 0) return body.replaceChildren(el('p', { class: 'hint' }, t('history.empty')))
  const undone = new Set(changes.map(({ undoes }) => undoes))
  const row = (/** @type {api.HistoryRow} */ { number: change, at, who, what, detail }) => el('li', {},
    el('span', {}, whatWords(what), ' ', el('q', { dir: 'auto' }, inert(detail))),
    el('span', { class: 'aside block' }, ...parts([dates(at.slice(0, 10), null), el('bdi', { dir: 'ltr' }, at.slice(11, 16)), bdi(who)])),
    !undone.has(change) && el('button', { type: 'button', 'aria-label': t('history.undo.label', { what: `${whatWords(what)} ${detail}` }), click: async () => {
      await takeBack([change], on)
      await history(body, on, shown)
    } }, t('judge.undo')),
  )
  const more = changes.length > shown && el('button', { type: 'button', click: () => history(body, on, shown + CHANGES_SHOWN) }, t('list.more', { n: changes.length - shown }))
  body.replaceChildren(el('p', { class: 'hint' }, t('history.hint')), el('ol', { class: 'found' }, ...changes.slice(0, shown).map(row)), more || '')
}

/** What was done, in the reader's language where the page has words for it. @param {string} what @returns {string} */
function whatWords(what) {
  if (what.startsWith('undone: ')) return t('history.undone', { what: whatWords(what.slice('undone: '.length)) })
  return has(`history.${what}`) ? t(`history.${what}`) : what
}

/** @param {HTMLElement} body @param {On} on */
function files(body, on) {
  const said = el('div', { role: 'status' })
  const input = el('input', { type: 'file', accept: '.csv,.tsv,.json,.geojson,.jsonld', change: async () => {
    const file = input.files[0]
    if (!file) return
    said.replaceChildren(el('p', {}, t('loading.short')))
    const tried = await api.importPlaces(file, true).catch((/** @type {Error} */ error) => error)
    if (tried instanceof Error) return said.replaceChildren(el('p', { class: 'problem' }, tried.message || t('problem.offline')))
    const { saved, unchanged, refused } = tried.import
    const take = el('button', { type: 'button', class: 'primary', click: async () => {
      take.disabled = true
      const done = await api.importPlaces(file, false).catch((/** @type {Error} */ error) => error)
      if (done instanceof Error) return said.append(el('p', { class: 'problem' }, done.message || t('problem.offline')))
      await on.changed()
      on.say(`${t('files.taken', { n: done.import.saved })} ${whatChanged(done.changed)}`, () => takeBack([done.change], on))
      said.replaceChildren(el('p', {}, t('files.taken', { n: done.import.saved })))
    } }, t('files.take', { n: saved }))
    said.replaceChildren(
      el('p', {}, [t('files.new', { n: saved }), t('files.same', { n: unchanged }), t('files.refused', { n: refused })].join(' · ')),
      el('p', {}, whatChanged(tried.changed)),
      el('ul', { class: 'refused', lang: 'en', dir: 'ltr' }, ...tried.refused.map((reason) => el('li', {}, inert(reason)))),
      saved > 0 ? take : '',
    )
  } })
  body.append(
    el('section', {}, el('h3', {}, t('files.out')), el('p', { class: 'hint' }, t('files.out.hint')), el('ul', { class: 'plain files' },
      ...Object.entries({ csv: 'CSV', geojson: 'GeoJSON', 'linked-places': 'Linked Places' }).map(([form, name]) => el('li', {}, el('a', { href: api.placesUrl(/** @type {any} */ (form)), download: '' }, name))))),
    el('section', {}, el('h3', {}, t('files.in')), el('p', { class: 'hint' }, t('files.in.hint')), el('label', {}, el('span', {}, t('files.choose')), input), said),
  )
}

/** @param {any[]} all @returns {any[]} */
function parts(all) {
  return all.filter(Boolean).flatMap((part, i) => (i === 0 ? [part] : [' · ', part]))
}
