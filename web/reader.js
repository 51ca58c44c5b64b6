// The reader: a report's text with all its mentions, dates, tolls and events marked; each lights up on the map and in the list, and the other way round.
import { readOutOf, report as askReport } from './api.js'
import { bdi, byId, direction, el, inert, refocus } from './dom.js'
import { country, dates, has, number, percent, t } from './i18n.js'
import { kindOf } from './layers.js'
import { MARK_KINDS, items as itemsOf, segments } from './marked.js'
import { tollLine } from './popup.js'
import { set, state } from './state.js'

/** The panel stands beside the map; on a narrower screen it covers everything, as in style.css. */
const SHEET = matchMedia('(max-width: 1150px)')
/** Incidents that one mark is told to belong to. */
const INCIDENTS_SHOWN = 3

/**
 * @typedef {object} On
 * @property {import('./map.js').MapView} map
 * @property {(id: string | null) => void} hover makes an incident stand out on map and list
 * @property {(id: string) => void} open opens an incident
 * @property {(mentions: import('./api.js').Feature[]) => void} spot opens mentions on the map
 * @property {() => {ids: string[], is_all: boolean}} reports the reports of the list so far, in its order
 * @property {(id: string, by: number) => Promise<string | undefined>} beside the one before or after
 * @typedef {{report: any, points: string[], items: import('./marked.js').Item[], incidents: import('./api.js').Incident[]}} Read
 */

/** Where a report is to be opened, until it is. @type {{start: number, end: number}[]} */
let wanted = []

/** Opens the reader at some words. @param {string} id @param {{start: number, end: number}[]} [spans] code points */
export function readReport(id, spans = []) {
  wanted = spans
  if (state.report === id) dispatchEvent(new Event('read-again'))
  else set({ report: id })
}

/** @param {On} on */
export function createReader(on) {
  const panel = /** @type {HTMLDialogElement} */ (byId('report'))
  let shown = /** @type {Read | null} */ (null)
  let asked = 0
  let opener = /** @type {Element | null} */ (null)
  /** The item that buttons and keys move on from. */
  let current = -1
  const hidden = /** @type {Set<string>} */ (new Set())
  /** While the panel itself makes an incident stand out, its text does not jump. */
  let is_own = false
  /** The pieces of each item; looking for them in a long text takes too long. @type {HTMLElement[][]} */
  let index = []
  let lit = /** @type {HTMLElement[]} */ ([])
  let marked = /** @type {HTMLElement[]} */ ([])
  let text = el('div', {})
  let told = el('div', {})

  document.querySelector('main')?.append(panel)
  addEventListener('read-again', () => shown && goWanted())
  panel.addEventListener('close', () => closed())
  panel.addEventListener('cancel', (event) => (event.preventDefault(), close()))
  panel.addEventListener('keydown', keyed)

  /** @param {string} id empty: closes */
  async function show(id) {
    if (!id) return panel.close()
    const mine = ++asked
    if (!panel.open) {
      opener = document.activeElement
      document.body.classList.add('reading')
      panel[SHEET.matches ? 'showModal' : 'show']()
      on.map.resized()
    }
    shown = null
    current = -1
    panel.replaceChildren(head(null), el('p', { role: 'status' }, t('reader.loading')))
    panel.querySelector('button')?.focus()
    const found = await Promise.all([askReport(id), readOutOf(id)]).catch((/** @type {Error} */ problem) => problem)
    if (mine !== asked) return
    if (found instanceof Error) return panel.replaceChildren(head(null), el('p', { class: 'problem', role: 'alert' }, bdi(found.message || t('problem.offline'))))
    const [report, { mentions, incidents }] = found
    const points = Array.from(inert(report.text))
    shown = { report, points, incidents, items: itemsOf(mentions, incidents, points.length) }
    draw()
    goWanted()
  }

  /** Takes anew what is read out of the report that is open: something changed on the server. */
  async function again() {
    if (!shown) return
    const mine = asked
    const found = await readOutOf(shown.report.id).catch(() => null)
    if (!found || mine !== asked || !shown) return
    const fresh = itemsOf(found.mentions, found.incidents, shown.points.length)
    if (JSON.stringify(fresh) === JSON.stringify(shown.items)) return
    const { scrollTop } = text
    shown = { ...shown, items: fresh, incidents: found.incidents }
    current = -1
    draw()
    text.scrollTop = scrollTop
  }

  /** Goes to where the report was to be opened, else into its text. */
  function goWanted() {
    const spans = wanted
    wanted = []
    const first = shown?.items.findIndex(({ start, end }) => spans.some((span) => start < span.end && end > span.start)) ?? -1
    if (spans.length > 0 && first >= 0) go(first, true)
    else text.focus({ preventScroll: true })
  }

  function draw() {
    if (!shown) return
    const { report, points, items } = shown
    text = el('div', { class: 'report-text', dir: direction(report.lang), lang: report.lang, tabindex: 0, role: 'region', 'aria-label': t('reader.text') })
    told = el('div', { class: 'told', role: 'status' }, el('p', { class: 'hint' }, t(items.length > 0 ? 'reader.hint' : 'reader.nothing')))
    write()
    text.addEventListener('mouseover', (/** @type {any} */ event) => over(event.target))
    text.addEventListener('mouseleave', () => over(null))
    text.addEventListener('focusin', (/** @type {any} */ event) => over(event.target))
    text.addEventListener('click', (/** @type {any} */ event) => clicked(event.target))
    const link = report.url && /^https?:\/\//i.test(report.url) && el('a', { href: report.url, target: '_blank', rel: 'noopener noreferrer' }, t('source.open'))
    const about = [report.source && bdi(report.source), report.published && el('span', {}, t('source.published'), ' ', dates(report.published.slice(0, 10), null)), link].filter(Boolean)
    const move = (/** @type {string} */ key, /** @type {number} */ by) => el('button', { type: 'button', 'aria-keyshortcuts': by > 0 ? 'N' : 'P', disabled: items.length === 0, click: () => step(by) }, t(key))
    panel.replaceChildren(
      head(report),
      el('p', { class: 'source' }, ...about.flatMap((part, i) => (i > 0 ? [' · ', part] : [part]))),
      kinds(),
      text,
      el('footer', {}, move('reader.previous', -1), told, move('reader.next', 1)),
    )
    if (points.length === 0) told.replaceChildren(t('reader.nothing'))
  }

  /** Title, the ways to other reports, the way out. @param {any} report */
  function head(report) {
    const { ids, is_all } = on.reports()
    const at = ids.indexOf(state.report)
    const way = (/** @type {string} */ key, /** @type {number} */ by) => {
      const is_end = !ids[at + by] && (by < 0 || is_all)
      return el('button', { type: 'button', class: 'way', 'aria-label': t(key), title: t(key), 'aria-keyshortcuts': by > 0 ? 'Shift+N' : 'Shift+P', disabled: at < 0 || is_end, 'data-by': by, click: () => other(by) }, by < 0 ? '↑' : '↓')
    }
    return el('header', {},
      el('h2', { id: 'report-title', dir: report ? (report.title ? direction(report.lang) : 'auto') : null }, report ? inert(report.title ?? report.id) : t('report')),
      el('nav', { 'aria-label': t('reader.reports') }, at >= 0 && el('bdi', { class: 'count', dir: 'ltr' }, `${number(at + 1)}/${number(ids.length)}${is_all ? '' : '+'}`), way('reader.report.previous', -1), way('reader.report.next', 1)),
      el('button', { type: 'button', class: 'close', 'aria-label': t('close'), click: close }, '×'),
    )
  }

  /** What is marked, counted, each kind to be shown or not. */
  function kinds() {
    const count = (/** @type {string} */ kind) => shown?.items.filter((item) => item.kind === kind).length ?? 0
    return el('div', { class: 'kinds', role: 'group', 'aria-label': t('reader.kinds') }, ...MARK_KINDS.filter(count).map((kind) => {
      const button = el('button', { type: 'button', class: 'kind', 'aria-pressed': String(!hidden.has(kind)), click: () => {
        hidden[hidden.has(kind) ? 'delete' : 'add'](kind)
        button.setAttribute('aria-pressed', String(!hidden.has(kind)))
        const { scrollTop } = text
        write()
        text.scrollTop = scrollTop
      } }, el('span', { class: `sample mark-${kind}` }, t(`reader.kind.${kind}`)), ' ', number(count(kind)))
      return button
    }))
  }

  /** Writes the text with its marks. */
  function write() {
    if (!shown) return
    const { points, items } = shown
    const seen = items.map((item, number) => ({ ...item, number })).filter(({ kind }) => !hidden.has(kind))
    index = items.map(() => [])
    lit = marked = []
    // In a box of its own: the window around it changes its height with every step, which must not lay a long text out anew.
    const body = el('div', {}, ...segments(seen, points.length).map(({ start, end, items: inside }) => {
      const piece = points.slice(start, end).join('')
      if (inside.length === 0) return document.createTextNode(piece)
      const [inner] = inside.map((number) => seen[number])
      const is_lost = inner.mention && !inner.mention.properties.place_id
      const mark = el('mark', { class: `mark-${inner.kind}${inside.length > 1 ? ' shared' : ''}${is_lost ? ' lost' : ''}`, tabindex: -1, 'data-items': inside.map((number) => seen[number].number).join(' ') }, piece)
      for (const number of inside) index[seen[number].number].push(mark)
      return mark
    }))
    text.replaceChildren(body)
  }

  /** @param {HTMLElement[]} pieces */
  function glow(pieces) {
    for (const old of lit) old.classList.remove('lit')
    for (const piece of pieces) piece.classList.add('lit')
    lit = pieces
  }

  /** @param {any} target of an event in the text @returns {number[]} the items there, the shortest first */
  function inside(target) {
    const mark = target?.closest?.('mark')
    return mark && text.contains(mark) ? mark.dataset.items.split(' ').map(Number) : []
  }

  /** @param {any} target @returns {number} the shortest item there, or -1 */
  function itemAt(target) {
    return inside(target)[0] ?? -1
  }

  /** Makes what is under the pointer stand out here, on the map and in the list. @param {any} target */
  function over(target) {
    const number = itemAt(target)
    point(number >= 0 ? number : current)
  }

  /** @param {number} number */
  function point(number) {
    const item = shown?.items[number]
    is_own = true
    on.hover(item?.incidents[0] ?? null)
    is_own = false
    const at = item?.mention?.geometry?.coordinates
    on.map.beacon(at ?? null)
    document.querySelector('#list .hovered')?.scrollIntoView({ block: 'nearest' })
    glow(index[number] ?? [])
  }

  /** @param {any} target */
  function clicked(target) {
    const number = itemAt(target)
    if (number >= 0 && getSelection()?.isCollapsed !== false) go(number, true)
  }

  /** Makes an item the current one: in view, told below, pointed at on the map. @param {number} number @param {boolean} [with_focus] */
  function go(number, with_focus = false) {
    if (!shown) return
    if (hidden.delete(shown.items[number].kind)) draw()
    for (const old of marked) old.removeAttribute('aria-current')
    current = number
    const own = (marked = index[number])
    for (const piece of own) piece.setAttribute('aria-current', 'true')
    own[0]?.scrollIntoView({ block: 'center' })
    if (with_focus) own[0]?.focus({ preventScroll: true })
    told.replaceChildren(...tell(shown.items[number]))
    const at = pointOf(shown.items[number])
    if (at && !SHEET.matches) on.map.show(at[0], at[1])
    point(number)
  }

  /** Where an item is on the map. @param {import('./marked.js').Item} item @returns {[number, number] | null} */
  function pointOf({ mention, incidents }) {
    if (mention?.geometry) return mention.geometry.coordinates
    const found = shown?.incidents.find(({ id, properties }) => incidents.includes(id) && properties.lon !== null)
    return found ? [/** @type {number} */ (found.properties.lon), /** @type {number} */ (found.properties.lat)] : null
  }

  /** What an item is, in words. @param {import('./marked.js').Item} item */
  function tell({ mention, fields, incidents }) {
    const lines = []
    if (mention) {
      const { place_name, country: code, confidence } = mention.properties
      const where = place_name ? [bdi([place_name, country(code)].filter(Boolean).join(t('comma'))), ` · ${percent(confidence)}`, ...(mention.geometry ? [' · ', el('button', { type: 'button', class: 'link', click: () => onMap(() => on.spot([mention])) }, t('reader.map'))] : [])] : [t('reader.lost')]
      lines.push(el('p', {}, el('strong', {}, t(`kind.${mention.properties.kind}`)), ': ', ...where))
    }
    const told = shown?.incidents.filter(({ id }) => incidents.includes(id)) ?? []
    if (told.length === 0) return lines
    const links = told.slice(0, INCIDENTS_SHOWN).flatMap((incident, i) => [i > 0 && t('comma'), el('button', { type: 'button', class: 'link', click: () => onMap(() => on.open(incident.id)) }, [kindOf(incident.properties), tollLine(incident.properties)].filter(Boolean).join(' · '))])
    lines.push(el('p', {}, el('strong', {}, fields.map((field) => (has(`evidence.${field}`) ? t(`evidence.${field}`) : inert(field))).join(t('comma'))), ' ', t('reader.of'), ' ', ...links.filter(Boolean)))
    return lines
  }

  /** Does something on the map, which a sheet would cover. @param {() => void} act */
  function onMap(act) {
    if (SHEET.matches) close()
    act()
  }

  /** The next or previous mark that is shown. @param {number} by @param {boolean} [with_focus] */
  function step(by, with_focus = false) {
    if (!shown) return
    const { items } = shown
    const here = inside(document.activeElement)
    const from = here.length === 0 || here.includes(current) ? current : here[0]
    for (let number = from < 0 && by < 0 ? items.length - 1 : from + by; number >= 0 && number < items.length; number += by) {
      if (!hidden.has(items[number].kind)) return go(number, with_focus)
    }
    told.replaceChildren(el('p', {}, t(by > 0 ? 'reader.last' : 'reader.first')))
  }

  /** @param {number} by */
  async function other(by) {
    const from = state.report
    const to = await on.beside(from, by).catch(() => undefined)
    // Meanwhile the reader may have gone elsewhere.
    if (to && state.report === from) set({ report: to })
  }

  /** @param {KeyboardEvent} event */
  function keyed(event) {
    const target = /** @type {HTMLElement} */ (event.target)
    if (event.key === 'Escape') return event.preventDefault(), event.stopPropagation(), close()
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select')) return
    // By the key's place on the keyboard: an Arabic layout has other letters there.
    const by = { KeyN: 1, KeyP: -1 }[event.code]
    if (!by) return
    event.preventDefault()
    if (event.shiftKey) other(by)
    else step(by, true)
  }

  function close() {
    set({ report: '' })
  }

  /** The page as it was before. */
  function closed() {
    asked++
    shown = null
    document.body.classList.remove('reading')
    on.map.beacon(null)
    on.hover(null)
    on.map.resized()
    refocus(opener, byId('list'))
  }

  /** An incident stands out elsewhere: so do its words. @param {string | null} id */
  function light(id) {
    if (!shown || is_own) return
    const own = id ? shown.items.flatMap(({ incidents }, number) => (incidents.includes(id) ? index[number] : [])) : []
    glow(own)
    const view = text.getBoundingClientRect()
    const is_seen = own.some((piece) => piece.getBoundingClientRect().top >= view.top && piece.getBoundingClientRect().bottom <= view.bottom)
    if (own.length > 0 && !is_seen) own[0].scrollIntoView({ block: 'center' })
  }

  return {
    show,
    again,
    light,
    /** Another language is spoken. */
    relabel: () => draw(),
  }
}
