// The map itself: base map, drawing, popups. The only file that imports Leaflet.
import L from 'leaflet'
import { breath } from './dom.js'
import { paintGround, unpack } from './ground.js'
import { dir } from './i18n.js'
import { candidates, fitting } from './labels.js'
import { colourOf, onTheme } from './theme.js'

/** Panes from below to above, with what their clicks do. */
const PANES = { base: 200, areas: 230, names: 250, precision: 380, clusters: 400, incidents: 420, chips: 430, mentions: 440 }
/** What is painted as pixels has its canvas; the other panes hold elements. */
const PAINTED = ['base', 'clusters']
/** The pointer goes through these. */
const UNTOUCHED = ['base', 'names', 'precision', 'clusters']
/** The zoom beyond which the map inside has no more to show, and that of pictures of another server. */
const DEEPEST = { own: 13, pictures: 18 }
/** Canvases reach this far beyond the map, in its own size: so far it can be drawn before they are painted anew. */
const BEYOND = 0.25
/** A click on a mark that stands for several comes so much nearer. */
const OPENING_ZOOMS = 2
const SIZE_HOVER = 1.4
/** A map this narrow is a phone's, where nothing keeps off the legend: it is folded. */
const NARROW_PX = 480
/** Shows a place with its neighbours. */
export const NEAR_ZOOM = 6

/** A mark with an outline of its own, set off by some pixels from its point. */
const Mark = L.CircleMarker.extend({
  _updatePath() {
    const { shape, size, dx, dy, is_hovered } = this.options
    const grown = is_hovered ? size * SIZE_HOVER : size
    const at = (/** @type {number[]} */ [x, y]) => `${(this._point.x + dx + x * grown).toFixed(1)} ${(this._point.y + dy + y * grown).toFixed(1)}`
    this._renderer._setPath(this, this._empty() ? 'M0 0' : `M${shape.map(at).join('L')}Z`)
  },
})

/** A canvas that somebody else paints; Leaflet moves it along with the map and has it painted anew when it must be. */
const Painter = L.Canvas.extend({
  _draw() {
    this.options.paint(this._ctx, this._bounds)
  },
})

/** @typedef {{lon: number, lat: number, reach: number, label: () => string, open: () => void}} Spot something painted that answers the pointer */

/**
 * @param {HTMLElement} container
 * @param {{view: string, moved: (view: string) => void, clicked: (lon: number, lat: number) => void, covered: () => number, below: () => number, pick: (x: number, y: number, pixel: number) => Spot | null, isBusy: () => boolean}} options `view` is `zoom/lon/lat`, `covered` the pixels on the right that popups keep off, `below` those at its foot that something lies over, `pick` finds what is painted at a point, in parts of the world; nothing while `isBusy`
 */
export function createMap(container, { view, moved, clicked, covered, below, pick, isBusy }) {
  const [zoom, lon, lat] = view ? view.split('/').map(Number) : [4, 10, 20]
  const map = L.map(container, { minZoom: 2, maxZoom: DEEPEST.own, zoomControl: false, attributionControl: false, fadeAnimation: false, maxBounds: [[-85, -200], [85, 200]], maxBoundsViscosity: 0.8 })
  map.setView([lat || 0, lon || 0], zoom || 2)
  L.control.scale({ imperial: false }).addTo(map)
  const zoomControl = L.control.zoom().addTo(map)
  const groups = /** @type {Record<string, L.LayerGroup>} */ ({})
  const renderers = /** @type {Record<string, L.Renderer>} */ ({})
  for (const [name, zIndex] of Object.entries(PANES)) {
    const pane = map.createPane(name)
    pane.style.zIndex = String(zIndex)
    if (UNTOUCHED.includes(name)) pane.style.pointerEvents = 'none'
    if (!PAINTED.includes(name)) renderers[name] = L.svg({ pane: name, padding: 0.4 })
    groups[name] = L.layerGroup().addTo(map)
  }
  hatch(container)
  // An incident of several places has a mark and perhaps a circle at each.
  const layers = /** @type {Map<string, any[]>} */ (new Map())
  const areas = /** @type {Map<string, any[]>} */ (new Map())
  const keep = (/** @type {Map<string, any[]>} */ kept, /** @type {string} */ id, /** @type {any} */ layer) => kept.set(id, [...(kept.get(id) ?? []), layer])
  let ring = /** @type {L.CircleMarker | null} */ (null)
  const pinned = L.layerGroup().addTo(map)
  map.on('popupclose', () => pinned.clearLayers())
  let atlas = /** @type {any} */ (null)
  let scenes = /** @type {import('./labels.js').Label[]} */ ([])
  let names = /** @type {import('./labels.js').Label[]} */ ([])
  // The time line and the reader take room from the map when they come: popups and bounds go by what is left.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(container)
  map.on('moveend', () => moved(viewOf(map)))
  map.on('moveend resize', () => write())
  const wide = () => 256 * 2 ** map.getZoom()
  /** How a canvas lies in the world: its corner and size, and where parts of the world are on it. @param {L.Bounds} bounds */
  const viewIn = (bounds) => {
    const [side, origin, size] = [wide(), map.getPixelOrigin(), bounds.getSize()]
    const { x, y } = /** @type {L.Point} */ (bounds.min)
    const at = (/** @type {number} */ east, /** @type {number} */ south) => /** @type {[number, number]} */ ([east * side - origin.x, south * side - origin.y])
    return { at, zoom: map.getZoom(), side, dx: -origin.x, dy: -origin.y, x, y, width: size.x, height: size.y }
  }
  /** A canvas on a pane that `paint` fills. @param {string} pane @param {(ctx: CanvasRenderingContext2D, view: ReturnType<typeof viewIn>) => void} paint */
  const painterOn = (pane, paint) => {
    const painter = new /** @type {any} */ (Painter)({ pane, padding: BEYOND, paint: (/** @type {CanvasRenderingContext2D} */ ctx, /** @type {L.Bounds} */ bounds) => paint(ctx, viewIn(bounds)) })
    onTheme(() => painter._map && painter._redraw())
    return painter
  }
  let ground = /** @type {import('./ground.js').Ground | null} */ (null)
  /** What else is painted upon land and borders: one canvas less to move with each frame. */
  let upon = /** @type {(ctx: CanvasRenderingContext2D, view: ReturnType<typeof viewIn>) => void} */ (() => {})
  const base = painterOn('base', (ctx, view) => {
    if (ground) paintGround(ctx, ground, view, colourOf)
    upon(ctx, view)
  }).addTo(map)
  const spotAt = (/** @type {L.LatLng} */ at) => {
    const { x, y } = map.project(at).divideBy(wide())
    return isBusy() ? null : pick(x, y, 1 / wide())
  }
  map.on('click', ({ latlng }) => {
    const spot = spotAt(latlng)
    if (spot) spot.open()
    else clicked(latlng.lng, latlng.lat)
  })
  let pointed = /** @type {Spot | null} */ (null)
  const hint = L.tooltip({ direction: 'top' })
  const point = (/** @type {Spot | null} */ spot) => {
    if (spot?.lon === pointed?.lon && spot?.lat === pointed?.lat) return
    pointed = spot
    container.classList.toggle('pointing', spot !== null)
    hint.remove()
    if (!spot) return
    hint.options.offset = L.point(0, -spot.reach)
    hint.setLatLng([spot.lat, spot.lon]).setContent(tooltip(spot.label)()).addTo(map)
  }
  let is_moving = false
  map.on('movestart', () => (is_moving = true))
  map.on('moveend', () => (is_moving = false))
  // While the map is dragged the pointer stays over the same spot.
  map.on('mousemove', ({ latlng, originalEvent }) => is_moving || point(/** @type {Element} */ (originalEvent.target).closest('.leaflet-interactive') ? null : spotAt(latlng)))
  map.on('mouseout movestart', () => point(null))

  const isNarrow = () => map.getSize().x < NARROW_PX

  /** Takes the names anew: other incidents, another language. */
  function rename() {
    if (!atlas) return
    names = candidates(atlas, scenes)
    write()
  }

  /** Writes the names that find room. */
  function write() {
    groups.names.clearLayers()
    const { x: width, y: height } = map.getSize()
    const view = { zoom: map.getZoom(), width, height, at: (/** @type {number} */ lon, /** @type {number} */ lat) => map.latLngToContainerPoint([lat, lon]) }
    for (const { kind, text, lon, lat } of fitting(names, view)) {
      const label = document.createElement('span')
      label.textContent = text
      label.dir = 'auto'
      L.marker([lat, lon], { pane: 'names', interactive: false, keyboard: false, icon: L.divIcon({ className: `name ${kind}`, html: label, iconSize: [0, 0] }) }).addTo(groups.names)
    }
  }

  /** @param {() => string} label */
  const tooltip = (label) => () => {
    const text = document.createElement('span')
    text.dir = dir()
    text.textContent = label()
    return text
  }

  return {
    /** Draws land, borders and names. @param {any} data */
    async base(data) {
      for (const next of [() => (ground = unpack(data)), () => base._redraw(), () => { atlas = data; rename() }]) {
        await breath()
        next()
      }
    },
    /** Names the places of incidents. @param {import('./labels.js').Label[]} labels */
    scenes(labels) {
      scenes = labels
      rename()
    },
    /** @param {string} group */
    clear(group) {
      groups[group].clearLayers()
      ;(group === 'incidents' ? layers : group === 'precision' ? areas : new Map()).clear()
    },
    /** @param {string} group @param {{id: string, lon: number, lat: number, dx: number, dy: number, shape: number[][], size: number, className: string, label: () => string, open: () => void, hover: (is_over: boolean) => void}} mark */
    mark(group, { id, lon, lat, label, open, hover, ...look }) {
      const layer = new /** @type {any} */ (Mark)([lat, lon], { ...look, pane: group, renderer: renderers[group], radius: look.size + 60, bubblingMouseEvents: false })
      layer.bindTooltip(tooltip(label), { direction: 'top', offset: [look.dx, look.dy - look.size] })
      layer.on({ click: open, mouseover: () => hover(true), mouseout: () => hover(false) }).addTo(groups[group])
      layer.getElement()?.setAttribute('data-id', id)
      keep(layers, id, layer)
    },
    /** @param {string} group @param {{id: string, lon: number, lat: number, radius_m: number, className: string}} circle */
    circle(group, { id, lon, lat, radius_m, className }) {
      keep(areas, id, L.circle([lat, lon], { radius: radius_m, className, pane: group, renderer: renderers[group], interactive: false }).addTo(groups[group]))
    },
    /** @param {string} group @param {{id: string, geometry: any, className: string}} area */
    area(group, { id, geometry, className }) {
      keep(areas, id, L.geoJSON(geometry, /** @type {any} */ ({ style: { className }, pane: group, renderer: renderers[group], interactive: false })).addTo(groups[group]))
    },
    /** @param {string} group @param {{lon: number, lat: number, count: number, aside: number, className: string, label: () => string, open: () => void}} badge */
    badge(group, { lon, lat, count, aside, className, label, open }) {
      const size = count === 1 ? 9 : count < 10 ? 16 : count < 100 ? 21 : 26
      const icon = L.divIcon({ className, html: count === 1 ? '' : String(count), iconSize: [size, size], iconAnchor: [size / 2 - aside, size / 2 - aside] })
      L.marker([lat, lon], { pane: group, icon, keyboard: false }).bindTooltip(tooltip(label), { direction: 'top', offset: [aside, aside - size / 2] }).on('click', open).addTo(groups[group])
    },
    /** Pictures of another server instead of land and borders. @param {string} url */
    pictures(url) {
      ground = null
      base._redraw()
      map.setMaxZoom(DEEPEST.pictures)
      L.tileLayer(url, { pane: 'base', maxZoom: DEEPEST.pictures }).addTo(map)
    },
    /**
     * A canvas on a pane. `paint` is told how parts of the world become its pixels, and its corner and size.
     * @param {string} pane
     * @param {(ctx: CanvasRenderingContext2D, view: ReturnType<typeof viewIn>) => void} paint
     */
    canvas(pane, paint) {
      const painter = painterOn(pane, paint)
      return {
        show: (/** @type {boolean} */ is_on) => (is_on ? painter.addTo(map) : painter.remove()),
        redraw: () => painter._map && painter._redraw(),
        /** Moves the canvas to where the map is by now when it has been dragged beyond what is painted; says whether it was. */
        follow() {
          const corner = map.containerPointToLayerPoint([0, 0])
          const is_painted = !painter._map || painter._bounds?.contains(L.bounds(corner, corner.add(map.getSize())))
          if (is_painted || /** @type {any} */ (map)._animatingZoom) return false
          painter._update()
          return true
        },
      }
    },
    /** Paints upon land and borders; gives what does so anew. @param {(ctx: CanvasRenderingContext2D, view: ReturnType<typeof viewIn>) => void} paint */
    upon(paint) {
      upon = paint
      return () => base._redraw()
    },
    /** What is seen and as far beyond as canvases reach, in parts of the world. */
    box() {
      const { min, max } = map.getPixelBounds()
      const [low, high, size] = [/** @type {L.Point} */ (min), /** @type {L.Point} */ (max), map.getSize()]
      return { west: (low.x - BEYOND * size.x) / wide(), east: (high.x + BEYOND * size.x) / wide(), north: (low.y - BEYOND * size.y) / wide(), south: (high.y + BEYOND * size.y) / wide() }
    },
    zoom: () => map.getZoom(),
    onMove: (/** @type {() => void} */ listener) => map.on('move', listener),
    onMoved: (/** @type {() => void} */ listener) => map.on('moveend', listener),
    /** Where parts of the world lie. @param {number} x @param {number} y @returns {[number, number]} longitude and latitude */
    place(x, y) {
      const { lng, lat } = map.unproject(L.point(x, y).multiplyBy(wide()))
      return [lng, lat]
    },
    /** Comes nearer to a mark that stands for several; false: it cannot. @param {number} lon @param {number} lat */
    closer(lon, lat) {
      if (map.getZoom() >= map.getMaxZoom()) return false
      map.setView([lat, lon], Math.min(map.getZoom() + OPENING_ZOOMS, map.getMaxZoom()))
      return true
    },
    /** A word on its area, never a point. @param {{lon: number, lat: number, text: string, label: () => string, open: () => void}} chip */
    chip({ lon, lat, text, label, open }) {
      const html = Object.assign(document.createElement('span'), { textContent: text })
      const marker = L.marker([lat, lon], { pane: 'chips', keyboard: false, icon: L.divIcon({ className: 'chip', html, iconSize: [0, 0] }) }).bindTooltip(tooltip(label), { direction: 'top', offset: [0, 6] }).addTo(groups.chips)
      marker.on('click', () => {
        marker.closeTooltip()
        open()
      })
    },
    /** An area coloured by how much happened in it. @param {{geometry: any, level: number, label: () => string}} shaded */
    shade({ geometry, level, label }) {
      L.geoJSON(geometry, /** @type {any} */ ({ style: { className: `shaded level-${level}` }, pane: 'areas', renderer: renderers.areas })).bindTooltip(tooltip(label), { sticky: true }).addTo(groups.areas)
    },
    /** Makes one incident stand out, or none. @param {string | null} id */
    highlight(id) {
      for (const [each, marks] of layers) {
        const is_hovered = each === id
        if (is_hovered === Boolean(marks[0].options.is_hovered)) continue
        for (const layer of marks) {
          layer.options.is_hovered = is_hovered
          layer.redraw()
          layer.getElement()?.classList.toggle('hovered', is_hovered)
          if (is_hovered) layer.bringToFront()
        }
        for (const area of areas.get(each) ?? []) area.getElement?.()?.classList.toggle('hovered', is_hovered)
      }
    },
    /** @param {number} lon @param {number} lat @param {HTMLElement} content @param {() => void} [closed] */
    popup(lon, lat, content, closed) {
      const narrow = isNarrow()
      const popup = L.popup({ minWidth: narrow ? 230 : 320, maxWidth: narrow ? Math.min(290, map.getSize().x - 80) : 420, maxHeight: Math.max(180, map.getSize().y - 90), autoPanPaddingTopLeft: [54, 14], autoPanPaddingBottomRight: [narrow ? 14 : 14 + covered(), 14] })
      popup.setLatLng([lat, lon]).setContent(content).openOn(map)
      // What grows while it is open scrolls or makes room anew; laying it out takes the content off and on, and the focus with it.
      content.addEventListener('grown', () => {
        const focused = /** @type {HTMLElement | null} */ (document.activeElement)
        popup.update()
        focused?.focus({ preventScroll: true })
      })
      if (closed) popup.on('remove', closed)
    },
    /** Rings a point, or none. @param {[number, number] | null} point */
    beacon(point) {
      ring?.remove()
      ring = point && L.circleMarker([point[1], point[0]], { radius: 16, className: 'beacon', pane: 'mentions', renderer: renderers.mentions, interactive: false }).addTo(map)
    },
    closePopup: () => map.closePopup(),
    /** Numbered marks in place of the last ones, until others come or a popup closes: what is looked for, and what could be meant. @param {{lon: number, lat: number, text: string, label: string, className?: string, open?: () => void}[]} list */
    pins(list) {
      pinned.clearLayers()
      for (const { lon, lat, text, label, className = '', open } of list) {
        const sign = document.createElement('span')
        sign.textContent = text
        const icon = L.divIcon({ className: `pin ${className}`, html: sign, iconSize: [26, 26], iconAnchor: [13, 30] })
        const pin = L.marker([lat, lon], { icon, keyboard: false, zIndexOffset: 1000, bubblingMouseEvents: false }).bindTooltip(tooltip(() => label), { direction: 'top', offset: [0, -26] })
        if (open) pin.on('click', open)
        pin.addTo(pinned)
      }
    },
    /** Brings a point into view; from farther away than `near` it also comes nearer. At once: a popup makes room for itself where the map stands. @param {number} lon @param {number} lat @param {number} [near] */
    show(lon, lat, near = 0) {
      const is_far = map.getZoom() < near
      if (is_far || !map.getBounds().pad(-0.1).contains([lat, lon])) map.setView([lat, lon], Math.max(map.getZoom(), is_far ? near : NEAR_ZOOM), { animate: false })
    },
    /** Shows all the points. @param {[number, number][]} points */
    fit(points) {
      if (points.length > 0) map.fitBounds(L.latLngBounds(points.map(([lon, lat]) => [lat, lon])), { paddingTopLeft: [50, 50], paddingBottomRight: [50 + (isNarrow() ? 0 : covered()), 50 + below()], maxZoom: 8, animate: false })
    },
    /** `zoom/lon/lat` */
    view: () => viewOf(map),
    /** @param {string} view */
    go(view) {
      const [zoom, lon, lat] = view.split('/').map(Number)
      if (Number.isFinite(lat)) map.setView([lat, lon], zoom)
    },
    /** `west,south,east,north` of what is seen. */
    bbox() {
      const bounds = map.getBounds()
      const clamp = (/** @type {number} */ v, /** @type {number} */ limit) => Math.max(-limit, Math.min(limit, v)).toFixed(3)
      return [clamp(bounds.getWest(), 180), clamp(bounds.getSouth(), 90), clamp(bounds.getEast(), 180), clamp(bounds.getNorth(), 90)].join()
    },
    centre: () => /** @type {[number, number]} */ ([map.getCenter().lng, map.getCenter().lat]),
    /** Words of the map in the present language. @param {{in: string, out: string}} words */
    relabel(words) {
      rename()
      const [zoomIn, zoomOut] = zoomControl.getContainer()?.querySelectorAll('a') ?? []
      zoomIn?.setAttribute('aria-label', words.in)
      zoomIn?.setAttribute('title', words.in)
      zoomOut?.setAttribute('aria-label', words.out)
      zoomOut?.setAttribute('title', words.out)
    },
    /** The map has another size: what is open on it makes room for itself anew. */
    resized() {
      map.invalidateSize({ animate: false })
      map.eachLayer((layer) => layer instanceof L.Popup && layer.update())
    },
  }
}

/** Patterns that style.css fills regions with, one for each colour. @param {HTMLElement} container */
function hatch(container) {
  const svg = L.SVG.create('svg')
  svg.setAttribute('width', '0')
  svg.setAttribute('height', '0')
  svg.setAttribute('aria-hidden', 'true')
  svg.style.position = 'absolute'
  for (const name of ['battles', 'explosions', 'civilians', 'protests', 'riots', 'strategic']) {
    const pattern = svg.appendChild(L.SVG.create('pattern'))
    for (const [key, value] of Object.entries({ id: `hatch-${name}`, class: name, width: '7', height: '7', patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' })) pattern.setAttribute(key, value)
    pattern.appendChild(L.SVG.create('path')).setAttribute('d', 'M0 0V7')
  }
  container.append(svg)
}

/** @param {L.Map} map */
function viewOf(map) {
  return `${map.getZoom()}/${map.getCenter().lng.toFixed(3)}/${map.getCenter().lat.toFixed(3)}`
}

/** @typedef {ReturnType<typeof createMap>} MapView what the rest of the page may ask of the map */
