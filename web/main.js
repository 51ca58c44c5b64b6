// Wiring only: what changes calls what shows it.
import * as api from './api.js'
import { createAddPlace } from './addplace.js'
import { createAreas } from './areas.js'
import { breath, byId, el } from './dom.js'
import { closeDrawer, setUpDrawer } from './drawer.js'
import { buildFilters, updateFilters } from './filters.js'
import * as found from './found.js'
import { setUpGazetteer, takeBack } from './gazetteer.js'
import { country, fetchWords, speak, t } from './i18n.js'
import { createIntake } from './intake.js'
import { LANGS, choose as chooseLanguage } from './language.js'
import { GROUPS, drawMentions, groupOf, placesOf, pointOf } from './layers.js'
import { drawLegend } from './legend.js'
import { drawList, markRow, rowOf, unfold } from './list.js'
import { NEAR_ZOOM, createMap } from './map.js'
import { createMarks } from './marks.js'
import { setUpOut } from './out.js'
import { pileCard } from './pile.js'
import { setUpPins } from './pin.js'
import { incidentCard, mentionsCard } from './popup.js'
import { createReader } from './reader.js'
import { TABLE, clear, isFiltered, onChange, set, state } from './state.js'
import { THEMES, setTheme, theme } from './theme.js'
import { buildTime, lookAtTime } from './time.js'
import { createToken } from './token.js'
import { buildViews } from './views.js'

/** The map is above the list, which may be scrolled away from it. As in style.css. */
const PHONE = matchMedia('(max-width: 760px)')

/** A popup with what it keeps off. */
const POPUP_PX = 480

/** Incidents of one spot that a popup lists. */
const PILE = 50

/** @type {import('./api.js').Feature[]} */
let mentions = []
/** Whether the server has more mentions than it sent: then those in view are asked for as the map moves. */
let is_part = false
/** Spots with marks of incidents. @type {Map<string, number>} */
let taken = new Map()
let asked = 0
let opening = 0

// What is needed first is asked for before anything is built.
const has_view = state.map !== ''
const extent = has_view ? null : api.extent().catch(() => null)
const settings = api.settings().catch(() => ({ tiles: null }))
fetchWords(chooseLanguage(state.ui))
await breath()

const map = createMap(byId('map'), {
  view: state.map,
  moved: (view) => set({ map: view, ...(state.bbox ? { bbox: map.bbox() } : {}) }),
  clicked: (lon, lat) => addPlace.clicked(lon, lat),
  covered: () => Math.max(byId('legend').open ? byId('legend').offsetWidth : 0, PHONE.matches ? 0 : byId('drawer').offsetWidth),
  below: () => (PHONE.matches && byId('drawer').offsetHeight ? Math.max(0, byId('map').getBoundingClientRect().bottom - byId('drawer').getBoundingClientRect().top) : 0),
  pick: (x, y, pixel) => marks.pick(x, y, pixel),
  isBusy: () => byId('add-place').getAttribute('aria-pressed') === 'true',
})
/** Takes changes back, the last first. @param {(number | undefined)[]} changes */
const undo = (changes) => takeBack(changes, { changed: reload, say: notify })
const addPlace = createAddPlace(map, { changed: load, say: notify, undo })
const areas = createAreas(map)
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
  failed: showProblem,
  hover: (/** @type {string | null} */ id) => {
    marks.lift(known(id ?? state.incident))
    markRow(id, 'hovered')
    reader.light(id)
  },
}
const marks = createMarks(map, {
  open: (id, at) => open(id, 0, at),
  hover: on.hover,
  pile: async (bbox, lon, lat) => pile(lon, lat, await api.incidents('drawn', PILE, bbox).catch(showProblem), () => set({ bbox })),
  drawn: (spots) => {
    taken = spots
    drawSpots()
    map.highlight(state.incident)
  },
})
map.onMoved(async () => {
  areas.near()
  if (state.style === 'areas') areas.shade(true)
  if (!state.mentions || !is_part) return
  mentions = (await api.mentions(map.bbox())).features
  drawSpots()
})

const reader = createReader({
  map,
  hover: on.hover,
  open: openNew,
  spot: showMentions,
  reports: () => ({ ids: reportsOf(GROUPS), is_all: GROUPS.every((group) => found.restOf(group) === 0) }),
  beside,
})
const intake = createIntake({ changed: load, open: openNew, fit: map.fit })
const token = createToken()

onChange(async (changed, is_history) => {
  if (changed.includes('map') && (is_history || state.map !== map.view())) map.go(state.map)
  if (changed.includes('ui')) await speakAll()
  if (changed.includes('report')) reader.show(state.report)
  if (changed.some((key) => TABLE[key].filter || key === 'ui')) notify('')
  if (changed.some((key) => TABLE[key].filter || ['mentions', 'style', 'step'].includes(key))) await load()
  else if (changed.includes('ui')) draw()
})

/** What the page holds of an incident. @param {string | null} id */
function known(id) {
  return (id && (found.incident(id) ?? marks.incident(id))) || null
}

/** Turns the whole page to the chosen language. */
async function speakAll() {
  const lang = chooseLanguage(state.ui)
  await speak(lang)
  byId('ui').replaceChildren(...LANGS.map((code) => el('option', { value: code, lang: code, selected: code === lang }, t(`ui.${code}`))))
  map.relabel({ in: t('map.in'), out: t('map.out') })
  map.closePopup()
  closeDrawer()
  buildFilters(map)
  buildViews(notify)
  buildTime()
  byId('theme').replaceChildren(...THEMES.map((each) => el('option', { value: each, selected: each === theme() }, t(`theme.${each}`))))
  drawLegend(pictures?.credit)
  addPlace.drawOwn()
  for (const part of [reader, intake, token]) part.relabel()
}

/** @type {import('./api.js').Facets} */
let facets = {}
/** @type {{value: string, count: number}[]} */
let countrywide = []

/** The question asked last. @type {Promise<void>} */
let latest = Promise.resolve()

/** Asks the server anew and shows the answer; done when the newest answer is shown, also when that is one to a later question. */
function load() {
  return (latest = ask())
}

async function ask() {
  const mine = ++asked
  byId('stage').setAttribute('aria-busy', 'true')
  try {
    const [rows, counts, time, wide, spots] = await Promise.all([found.look(), api.facets(), lookAtTime(), api.countrywide(), state.mentions ? api.mentions() : null])
    // A slower answer to an older question must not replace a newer one.
    if (mine !== asked) return latest
    const drawn = rows.keep()
    ;[facets, countrywide] = [counts, wide]
    mentions = spots?.features ?? []
    is_part = (spots?.numberMatched ?? 0) > mentions.length
    byId('problem').hidden = true
    draw()
    // What the reader reads first is shown first, and the hand is answered in between.
    for (const next of [() => marks.show(drawn), time.keep, () => areas.shade(state.style === 'areas')]) {
      await breath()
      if (mine !== asked) return latest
      await next()
    }
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

/** Shows what was found in the list and in the counts. */
function draw() {
  updateFilters(facets)
  drawList(on)
  drawSpots()
  areas.chips(countrywide, async (code, lon, lat) => pile(lon, lat, await api.countrywideOf(code, PILE).catch(showProblem), () => set({ country: [code] }), country(code)))
  on.hover(null)
  markRow(state.incident, 'selected')
  byId('download').setAttribute('href', api.fileUrl(api.filterOf(), 'geojson'))
  const unlocated = found.countOf('unlocated')
  say([t('status.drawn', { n: found.countOf('drawn') }), unlocated > 0 && t('status.unlocated', { n: unlocated })].filter(Boolean).join(' · '))
  const empty = byId('empty')
  empty.hidden = byId('list').childElementCount > 0
  if (empty.hidden) return
  empty.replaceChildren(el('p', {}, t(isFiltered() ? 'empty.filtered' : 'empty.all')), isFiltered() ? el('button', { type: 'button', click: clear }, t('filter.clear')) : el('code', { dir: 'ltr' }, 'dalil map PATH…'))
}

function drawSpots() {
  drawMentions(map, mentions, taken, showMentions)
}

/** Several incidents of one spot or country in a popup. @param {number} lon @param {number} lat @param {import('./api.js').Collection | void} some @param {() => void} narrow @param {string} [title] */
function pile(lon, lat, some, narrow, title) {
  if (!some) return
  makeRoom()
  map.popup(lon, lat, pileCard(some, { title, open: (id) => open(id, 0, [lon, lat], some.features.find((each) => each.id === id)), narrow: () => { map.closePopup(); narrow() } }))
}

/**
 * Opens an incident where it is: at its mark, or under its row when it has none.
 * @param {string} id @param {number} [near] the least zoom; who clicked a mark has chosen the zoom already
 * @param {[number, number]} [at] which of its places, where it has several
 * @param {import('./api.js').Incident} [given] the incident, where it is at hand
 */
async function open(id, near = NEAR_ZOOM, at, given) {
  const mine = ++opening
  const came_from = document.activeElement
  const incident = given ?? known(id) ?? (await api.incident(id).catch(() => null))
  if (incident) await found.count(incident)
  if (!incident || mine !== opening) return
  set({ incident: id })
  markRow(id, 'selected', true)
  if (groupOf(incident) !== 'drawn' && rowOf(id)) {
    map.closePopup()
    return unfold(incident, on)
  }
  if (!at && !incident.geometry) return
  const [lon, lat] = at ?? pointOf(incident)
  if (PHONE.matches) scrollTo(0, 0)
  makeRoom()
  map.show(lon, lat, near)
  marks.lift(incident)
  const card = incidentCard(incident, openNew, on)
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

/** Opens an incident that may have come in just now, or that the filters hide. @param {string} id */
async function openNew(id) {
  if (!known(id)) await load()
  const incident = known(id) ?? (await api.incident(id).catch(() => null))
  // What is drawn is shown whatever the filters say; what is not has only its row, and they give way.
  if (incident && groupOf(incident) !== 'drawn' && !rowOf(id) && isFiltered()) {
    clear()
    await load()
  }
  return open(id)
}

/** The reports of some groups of the list, in its order. @param {readonly import('./layers.js').Group[]} groups */
function reportsOf(groups) {
  return [...new Set(groups.flatMap(found.membersOf).map(({ properties }) => properties.report_id))]
}

/** The report after one in the list, or before it; rows that have not come yet are asked for. @param {string} id @param {number} by @returns {Promise<string | undefined>} */
async function beside(id, by) {
  for (;;) {
    const cut = GROUPS.find((group) => found.restOf(group) > 0)
    const come = reportsOf(cut ? GROUPS.slice(0, GROUPS.indexOf(cut) + 1) : GROUPS)
    // Who began further down, behind rows that have not come, goes on with what is there.
    const ids = come.includes(id) ? come : reportsOf(GROUPS)
    const to = ids[ids.indexOf(id) + by]
    if (to || by < 0 || !cut || ids !== come) return to
    if ((await found.more(cut)).length === 0) return undefined
    drawList(on)
  }
}

/** What leaves no room for a popup beside it gives way: the sheet, the legend. */
function makeRoom() {
  const room = (/** @type {string} */ id) => byId('map').clientWidth - byId(id).offsetWidth
  if (!PHONE.matches && room('drawer') < POPUP_PX) closeDrawer()
  if (room('legend') < POPUP_PX) byId('legend').open = false
}

/** @param {import('./api.js').Feature[]} spot mentions of one place */
function showMentions(spot) {
  makeRoom()
  const [lon, lat] = pointOf(/** @type {any} */ (spot[0]))
  map.show(lon, lat)
  map.popup(lon, lat, mentionsCard(spot))
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
byId('legend').open = byId('filter-box').open = byId('time').open = !PHONE.matches
PHONE.addEventListener('change', () => (byId('filter-box').open = !PHONE.matches))
const { tiles: pictures } = await settings
await speakAll()
say(t('loading'))
byId('ui').addEventListener('change', (/** @type {any} */ event) => set({ ui: event.target.value }))
byId('theme').addEventListener('change', (/** @type {any} */ event) => setTheme(event.target.value))
const bounds = await extent
if (bounds) map.fit([[bounds[0], bounds[1]], [bounds[2], bounds[3]]])
marks.ahead()
await load()
// The land is half a megabyte: on a slow connection what happened comes before where the coast runs.
await api.basemap().then(async (atlas) => {
  await map.base(atlas)
  await breath()
  areas.base(atlas)
  if (pictures) map.pictures(pictures.url)
}).catch(showProblem)
if (!has_view && marks.all().length > 0) map.fit(marks.all().flatMap((incident) => placesOf(incident).map(({ lon, lat }) => /** @type {[number, number]} */ ([lon, lat]))))
if (state.incident) await open(state.incident, has_view ? 0 : NEAR_ZOOM)
if (state.report) reader.show(state.report)
areas.near()
api.onServerChange(() => {
  marks.forget()
  return Promise.all([load(), reader.again()])
})
document.documentElement.dataset.ready = 'true'
