// Which marks are on the map: each incident by itself while there are few, clusters of the server's tiles while there are many.
import * as api from './api.js'
import { amount, dates, t } from './i18n.js'
import { byId, inert } from './dom.js'
import { drawIncidents, groupOf, kindOf } from './layers.js'
import { paintHeat, paintMarks, reachOf } from './paint.js'
import { state } from './state.js'
import { forget, marksIn } from './tiles.js'

/** So many incidents in view are elements of their own, with all that is known of their place; more are painted. */
const FEW = 300
/** The map asks for tiles so often at most while it is dragged. */
const PAUSE_MS = 150

/** @typedef {import('./api.js').Incident} Incident */
/** @typedef {import('./tiles.js').Mark} Mark */

/**
 * @param {import('./map.js').MapView} map
 * @param {{open: (id: string, at: [number, number]) => void, hover: (id: string | null) => void, pile: (bbox: string, lon: number, lat: number) => void, drawn: (taken: Map<string, number>) => void}} on
 */
export function createMarks(map, on) {
  /** Incidents drawn as elements. @type {Incident[]} */
  let few = []
  /** What is painted. @type {Mark[]} */
  let marks = []
  /** Whether all that matches is among `few`, wherever the map is. */
  let is_all = true
  let is_painted = false
  let lit = /** @type {Mark | null} */ (null)
  let lifted = /** @type {Incident | null} */ (null)
  let asked = 0
  const canvas = map.canvas('clusters', (ctx, view) => {
    const scene = { ...view, marks }
    if (state.style === 'heat') paintHeat(ctx, scene, view)
    else paintMarks(ctx, scene, lit)
  })

  /** @param {Incident[]} incidents */
  function drawFew(incidents) {
    few = incidents
    lifted = null
    paint(false)
    on.drawn(drawIncidents(map, incidents, on))
    tell(incidents.length)
  }

  /** For who measures: how much is drawn, and since when. @param {number} count */
  function tell(count) {
    byId('stage').dataset.marks = String(count)
    if (count > 0 && performance.getEntriesByName('first-marks').length === 0) performance.mark('first-marks')
  }

  /** @param {boolean} is_on */
  function paint(is_on) {
    if (is_on !== is_painted) canvas.show(is_on)
    is_painted = is_on
    if (is_on) canvas.redraw()
    else marks = []
  }

  /** What is in view: painted from the tiles, and drawn one by one instead when they turn out to be few. */
  async function look() {
    if (is_all || state.style === 'areas') return
    const mine = ++asked
    const { marks: here, rest } = marksIn(map.box(), map.zoom())
    if (rest) {
      // What is known already is shown while the rest is on its way.
      if (is_painted && here.length > 0) show(here)
      await rest
      if (mine !== asked) return
    }
    const found = rest ? marksIn(map.box(), map.zoom()).marks : here
    const count = found.reduce((sum, mark) => sum + mark.count, 0)
    if (state.style !== 'heat' && count <= FEW) {
      const { features, numberMatched } = await api.incidents('drawn', FEW, boxOf(map))
      if (mine !== asked) return
      if (numberMatched <= FEW) return drawFew(features.filter((incident) => groupOf(incident) === 'drawn'))
    }
    if (few.length > 0 || !is_painted) on.drawn(drawIncidents(map, [], on))
    few = []
    show(found)
  }

  /** @param {Mark[]} found */
  function show(found) {
    marks = found
    lit = null
    paint(true)
    tell(marks.length)
  }

  let timer = 0
  map.onMove(() => {
    if (!is_painted || timer) return
    timer = window.setTimeout(() => {
      timer = 0
      if (is_painted && canvas.follow()) look()
    }, PAUSE_MS)
  })
  map.onMoved(look)

  return {
    /** @param {{drawn: Incident[], matched: number}} found the first of what matches, and how many there are */
    async show({ drawn, matched }) {
      asked += 1
      is_all = state.style === '' && matched <= FEW
      if (state.style === 'areas') return drawFew([])
      if (!is_all) return look()
      const mine = asked
      const all = matched <= drawn.length ? drawn : (await api.incidents('drawn', FEW)).features.filter((/** @type {Incident} */ each) => groupOf(each) === 'drawn')
      if (mine === asked) drawFew(all)
    },
    /** Asks for the tiles in view before it is known whether they are needed: with many incidents they are what the reader waits for. */
    ahead: () => marksIn(map.box(), map.zoom()).rest?.catch(() => {}),
    forget,
    all: () => few,
    /** @param {string} id */
    incident: (id) => few.find((incident) => incident.id === id),
    /** Makes an incident stand out also where it is painted among many. @param {Incident | null} incident */
    lift(incident) {
      if (is_painted && incident?.id !== lifted?.id) {
        lifted = incident && groupOf(incident) === 'drawn' ? incident : null
        drawIncidents(map, lifted ? [lifted] : [], on)
      }
      map.highlight(incident?.id ?? null)
    },
    /** The painted mark at a point. @param {number} x @param {number} y parts of the world @param {number} pixel how much of it one is @returns {import('./map.js').Spot | null} */
    pick(x, y, pixel) {
      if (!is_painted || state.style === 'heat') return null
      let [near, best] = [/** @type {Mark | null} */ (null), Infinity]
      for (const mark of marks) {
        const far = Math.hypot(mark.x - x, mark.y - y) / pixel
        if (far < reachOf(mark) && far < best) [near, best] = [mark, far]
      }
      if (near !== lit) {
        lit = near
        canvas.redraw()
      }
      return near && spotOf(near)
    },
  }

  /** @param {Mark} mark @returns {import('./map.js').Spot} */
  function spotOf(mark) {
    const { id, told, x, y, span } = mark
    const [lon, lat] = map.place(x, y)
    const open = () => {
      if (id) return on.open(id, [lon, lat])
      if (map.closer(lon, lat)) return
      const [west, north] = map.place(x - span / 2, y - span / 2)
      const [east, south] = map.place(x + span / 2, y + span / 2)
      on.pile([west, south, east, north].map((degree) => degree.toFixed(5)).join(), lon, lat)
    }
    const label = () => (id ? [kindOf(/** @type {any} */ (told)), inert(told.place_name ?? ''), dates(told.date_start, told.date_end).textContent].filter(Boolean).join(' · ') : clusterLabel(mark))
    return { lon, lat, reach: reachOf(mark), label, open }
  }
}

/** @param {Mark} mark */
function clusterLabel({ count, killed, kinds }) {
  const most = [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 3).map(([type, n]) => t('cluster.kind', { type: t(`type.${type}`), n }))
  return [t('cluster.count', { n: count }), killed > 0 && amount('toll.killed', killed, killed), ...most].filter(Boolean).join(' · ')
}

/** @param {import('./map.js').MapView} map */
function boxOf(map) {
  const { west, east, north, south } = map.box()
  const clamp = (/** @type {number} */ part) => Math.max(0, Math.min(1, part))
  const [[left, top], [right, bottom]] = [map.place(clamp(west), clamp(north)), map.place(clamp(east), clamp(south))]
  return [left, bottom, right, top].map((degree) => degree.toFixed(4)).join()
}
