// The map itself: base map, drawing, popups. The only file that imports Leaflet.
import L from 'leaflet'
import { unpack } from './basemap.js'
import { dir } from './i18n.js'
import { candidates, fitting } from './labels.js'

/** Panes from below to above, with what their clicks do. */
const PANES = { base: 200, names: 250, precision: 380, incidents: 420, mentions: 440 }
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

/**
 * @param {HTMLElement} container
 * @param {{view: string, moved: (view: string) => void, clicked: (lon: number, lat: number) => void, covered: () => number}} options `view` is `zoom/lon/lat`, `covered` the pixels on the right that popups keep off
 */
export function createMap(container, { view, moved, clicked, covered }) {
  const [zoom, lon, lat] = view ? view.split('/').map(Number) : [4, 10, 20]
  const map = L.map(container, { minZoom: 2, maxZoom: 13, zoomControl: false, attributionControl: false, fadeAnimation: false, maxBounds: [[-85, -200], [85, 200]], maxBoundsViscosity: 0.8 })
  map.setView([lat || 0, lon || 0], zoom || 2)
  L.control.scale({ imperial: false }).addTo(map)
  const zoomControl = L.control.zoom().addTo(map)
  const groups = /** @type {Record<string, L.LayerGroup>} */ ({})
  const renderers = /** @type {Record<string, L.Renderer>} */ ({})
  for (const [name, zIndex] of Object.entries(PANES)) {
    const pane = map.createPane(name)
    pane.style.zIndex = String(zIndex)
    if (name === 'base' || name === 'names' || name === 'precision') pane.style.pointerEvents = 'none'
    renderers[name] = name === 'base' ? L.canvas({ pane: name, padding: 0.4 }) : L.svg({ pane: name, padding: 0.4 })
    groups[name] = L.layerGroup().addTo(map)
  }
  // An incident of several places has a mark and perhaps a circle at each.
  const layers = /** @type {Map<string, any[]>} */ (new Map())
  const areas = /** @type {Map<string, any[]>} */ (new Map())
  const keep = (/** @type {Map<string, any[]>} */ kept, /** @type {string} */ id, /** @type {any} */ layer) => kept.set(id, [...(kept.get(id) ?? []), layer])
  const pinned = L.layerGroup().addTo(map)
  map.on('popupclose', () => pinned.clearLayers())
  let atlas = /** @type {any} */ (null)
  let scenes = /** @type {import('./labels.js').Label[]} */ ([])
  let names = /** @type {import('./labels.js').Label[]} */ ([])
  map.on('moveend', () => moved(`${map.getZoom()}/${map.getCenter().lng.toFixed(3)}/${map.getCenter().lat.toFixed(3)}`))
  map.on('moveend resize', () => write())
  map.on('click', (event) => clicked(event.latlng.lng, event.latlng.lat))

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
    base(data) {
      atlas = data
      const { land, borders } = unpack(atlas)
      const options = { renderer: renderers.base, pane: 'base', interactive: false }
      const shore = L.geoJSON(land, { ...options, style: () => ({ fillColor: colour('--land'), fillOpacity: 1, color: colour('--shore'), weight: 0.8 }) }).addTo(groups.base)
      const lines = L.geoJSON(borders, { ...options, style: () => ({ color: colour('--border'), weight: 0.9, fill: false }) }).addTo(groups.base)
      matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => [shore, lines].forEach((layer) => layer.setStyle(/** @type {any} */ (layer.options.style)())))
      rename()
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
      const popup = L.popup({ minWidth: narrow ? 230 : 320, maxWidth: narrow ? 290 : 420, maxHeight: Math.max(180, map.getSize().y - 90), autoPanPaddingTopLeft: [54, 14], autoPanPaddingBottomRight: [narrow ? 14 : 14 + covered(), 14] })
      popup.setLatLng([lat, lon]).setContent(content).openOn(map)
      // What grows while it is open scrolls or makes room anew; laying it out takes the content off and on, and the focus with it.
      content.addEventListener('grown', () => {
        const focused = /** @type {HTMLElement | null} */ (document.activeElement)
        popup.update()
        focused?.focus({ preventScroll: true })
      })
      if (closed) popup.on('remove', closed)
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
      if (points.length > 0) map.fitBounds(L.latLngBounds(points.map(([lon, lat]) => [lat, lon])), { paddingTopLeft: [50, 50], paddingBottomRight: [50 + (isNarrow() ? 0 : covered()), 50], maxZoom: 8, animate: false })
    },
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
    resized: () => map.invalidateSize(),
  }
}

/** A colour of style.css, for the canvas, which knows no style sheets. @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

/** @typedef {ReturnType<typeof createMap>} MapView what the rest of the page may ask of the map */
