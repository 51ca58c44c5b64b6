// Wiring only: what changes calls what shows it.
import * as api from './api.js'
import { createAddPlace } from './addplace.js'
import { byId, el } from './dom.js'
import { closeDrawer, setUpDrawer } from './drawer.js'
import { buildFilters, choose as passing, updateFilters } from './filters.js'
import { setUpGazetteer, takeBack } from './gazetteer.js'
import { LANGS, choose as chooseLanguage, number, speak, t } from './i18n.js'
import { drawIncidents, drawMentions, groupOf, placesOf, pointOf } from './layers.js'
import { drawLegend } from './legend.js'
import { drawList, markRow, rewindList, rowOf, unfold } from './list.js'
import { NEAR_ZOOM, createMap } from './map.js'
import { setUpOut } from './out.js'
import { setUpPins } from './pin.js'
import { incidentCard, mentionsCard } from './popup.js'
import { TABLE, clear, isFiltered, onChange, set, state } from './state.js'

/** The map is above the list, which may be scrolled away from it. As in style.css. */
const PHONE = matchMedia('(max-width: 760px)')

/** @type {import('./api.js').Incident[]} */
let incidents = []
/** Incidents by the event that they tell. @type {Map<string, import('./api.js').Incident[]>} */
let events = new Map()
/** @type {import('./api.js').Feature[]} */
let mentions = []
let matched = 0
let asked = 0

const map = createMap(byId('map'), {
  view: state.map,
  moved: (view) => set({ map: view, ...(state.bbox ? { bbox: map.bbox() } : {}) }),
  clicked: (lon, lat) => addPlace.clicked(lon, lat),
  covered: () => Math.max(byId('legend').open ? byId('legend').offsetWidth : 0, PHONE.matches ? 0 : byId('drawer').offsetWidth),
})
/** Takes changes back, the last first. @param {(number | undefined)[]} changes */
const undo = (changes) => takeBack(changes, { changed: reload, say: notify })
const addPlace = createAddPlace(map, { changed: load, say: notify, undo })
const on = {
  open,
  /** An incident was changed here: it is shown as it is now, or not any more. */
  changed: async () => {
    const { incident } = state
    map.closePopup()
    await load()
    if (incident) open(incident, 0)
  },
  say: notify,
  /** The same event as other reports tell it. @param {import('./api.js').Incident} incident */
  others: ({ id, properties: { cluster_id } }) => (events.get(cluster_id ?? '') ?? []).filter((other) => other.id !== id),
  hover: (/** @type {string | null} */ id) => {
    map.highlight(id ?? state.incident)
    markRow(id, 'hovered')
  },
}

onChange(async (changed, is_history) => {
  if (is_history && changed.includes('map')) map.go(state.map)
  if (changed.includes('ui')) await speakAll()
  if (changed.some((key) => TABLE[key].filter || key === 'ui')) notify('')
  if (changed.some((key) => ['from', 'to', 'q', 'bbox', 'lang', 'mentions'].includes(key))) {
    rewindList()
    await load()
  } else if (changed.some((key) => TABLE[key].filter || key === 'ui')) draw()
})

/** Turns the whole page to the chosen language. */
async function speakAll() {
  const lang = chooseLanguage(state.ui)
  await speak(lang)
  byId('ui').replaceChildren(...LANGS.map((code) => el('option', { value: code, lang: code, selected: code === lang }, t(`ui.${code}`))))
  map.relabel({ in: t('map.in'), out: t('map.out') })
  map.closePopup()
  closeDrawer()
  buildFilters(map)
  drawLegend()
  addPlace.drawOwn()
}

/** Asks the server anew and shows the answer. */
async function load() {
  const mine = ++asked
  byId('stage').setAttribute('aria-busy', 'true')
  try {
    const [found, spots] = await Promise.all([api.incidents(state), state.mentions ? api.mentions(state) : null])
    // A slower answer to an older question must not replace a newer one.
    if (mine !== asked) return
    incidents = found.features
    events = new Map()
    for (const incident of incidents) {
      const { cluster_id } = incident.properties
      if (cluster_id) events.set(cluster_id, [...(events.get(cluster_id) ?? []), incident])
    }
    matched = found.numberMatched ?? incidents.length
    mentions = spots?.features ?? []
    byId('problem').hidden = true
    draw()
  } catch (error) {
    if (mine === asked) showProblem(/** @type {Error} */ (error))
  } finally {
    if (mine === asked) byId('stage').removeAttribute('aria-busy')
  }
}

/** The same with the user's places, which a change may have added to. */
async function reload() {
  await Promise.all([load(), addPlace.drawOwn()])
}

/** Shows what passes the filters on the map, in the list and in the counts. */
function draw() {
  const shown = passing(incidents)
  const drawn = shown.filter((incident) => groupOf(incident) === 'drawn')
  updateFilters(incidents)
  const taken = drawIncidents(map, shown, { ...on, open: (id, at) => open(id, 0, at) })
  drawMentions(map, mentions, taken, (spot) => map.popup(...pointOf(/** @type {any} */ (spot[0])), mentionsCard(spot)))
  drawList(shown, on)
  on.hover(null)
  markRow(state.incident, 'selected')
  byId('download').setAttribute('href', api.downloadUrl(state))
  const unlocated = shown.filter((incident) => groupOf(incident) === 'unlocated').length
  say([t('status.drawn', { n: drawn.length }), unlocated > 0 && t('status.unlocated', { n: unlocated }), matched > incidents.length && t('status.cut', { n: incidents.length, all: number(matched) })].filter(Boolean).join(' · '))
  const empty = byId('empty')
  empty.hidden = shown.length > 0
  if (shown.length > 0) return
  empty.replaceChildren(el('p', {}, t(isFiltered() ? 'empty.filtered' : 'empty.all')), isFiltered() ? el('button', { type: 'button', click: clear }, t('filter.clear')) : el('code', { dir: 'ltr' }, 'dalil map PATH…'))
}

/**
 * Opens an incident where it is: at its mark, or under its row when it has none.
 * @param {string} id @param {number} [near] the least zoom; who clicked a mark has chosen the zoom already
 * @param {[number, number]} [at] which of its places, where it has several
 */
function open(id, near = NEAR_ZOOM, at) {
  const incident = incidents.find((each) => each.id === id)
  if (!incident) return
  set({ incident: id })
  markRow(id, 'selected', true)
  if (groupOf(incident) !== 'drawn') return unfold(incident, on)
  const came_from = document.activeElement
  const [lon, lat] = at ?? pointOf(incident)
  if (PHONE.matches) scrollTo(0, 0)
  map.show(lon, lat, near)
  map.highlight(id)
  const card = incidentCard(incident, on.others(incident), (other) => open(other), on)
  card.tabIndex = -1
  card.addEventListener('keydown', (event) => event.key === 'Escape' && map.closePopup())
  map.popup(lon, lat, card, () => {
    if (state.incident !== id) return
    set({ incident: '' })
    on.hover(null)
    markRow(null, 'selected')
    if (came_from?.closest('#list')) rowOf(id)?.focus()
  })
  card.focus({ preventScroll: true })
}

/** @param {string} text */
function say(text) {
  byId('status').textContent = text
}

/** Says what an act of the reader has done; stays until the next one, whatever is loaded meanwhile. @param {string} text @param {() => unknown} [undo] takes it back */
function notify(text, undo) {
  const again = undo ? [el('button', { type: 'button', class: 'link', click: undo }, t('judge.undo'))] : []
  byId('notice').replaceChildren(...(text ? [el('p', {}, text), ...again, el('button', { type: 'button', class: 'link', 'aria-label': t('close'), click: () => notify('') }, '×')] : []))
}

/** @param {Error} error */
function showProblem(error) {
  console.error(error)
  byId('problem').replaceChildren(el('p', {}, t('problem'), ' ', el('bdi', {}, error.message || t('problem.offline'))), el('button', { type: 'button', click: load }, t('problem.retry')))
  byId('problem').hidden = false
  say('')
}

setUpDrawer()
setUpGazetteer({ map, addPlace, changed: reload, say: notify })
setUpPins({ map, addPlace, changed: reload, say: notify, undo })
setUpOut()
byId('filters').addEventListener('submit', (/** @type {Event} */ event) => event.preventDefault())
byId('legend').open = byId('filter-box').open = !PHONE.matches
PHONE.addEventListener('change', () => (byId('filter-box').open = !PHONE.matches))
await speakAll()
say(t('loading'))
byId('ui').addEventListener('change', (/** @type {any} */ event) => set({ ui: event.target.value }))
const base = api.basemap().then(map.base).catch(showProblem)
await load()
const has_view = state.map !== ''
if (!has_view) map.fit(incidents.filter((incident) => groupOf(incident) === 'drawn').flatMap((incident) => placesOf(incident).map(({ lon, lat }) => /** @type {[number, number]} */ ([lon, lat]))))
if (state.incident) open(state.incident, has_view ? 0 : NEAR_ZOOM)
await base
api.onServerChange(load)
document.documentElement.dataset.ready = 'true'
