// The map as a picture with title, filter, legend and credits, drawn from the data: nothing on it comes from elsewhere, so it can be saved.
import { amount, dir, distance, number, t } from './i18n.js'
import { CIRCLE_FROM_M, classOf, groupOf, placesOf, shapeOf } from './layers.js'
import { baseOf, drawBase, metres, placing, scaleBar } from './mercator.js'
import { colourOn } from './theme.js'

/** Pixels of the picture for each of the style sheet: sharp on paper. */
const FINE = 2
const MARGIN = 24
const LINE = 20
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))
const SPREAD_PX = 10

/** @typedef {import('./api.js').Incident} Incident */
/** @typedef {{title: string, lines: string[], credits: string[], incidents: Incident[], view: import('./mercator.js').View, atlas: any}} Told */

/** Colours of the light sheet, whatever the screen shows: pictures are for paper. @returns {(name: string) => string} */
export function paperColours() {
  const probe = document.body.appendChild(document.createElement('div'))
  probe.className = 'paper'
  probe.hidden = true
  const names = ['--sea', '--land', '--shore', '--border', '--river', '--country', '--ink', '--quiet', '--paper', '--line', '--halo', '--battles', '--explosions', '--civilians', '--protests', '--riots', '--strategic']
  const known = new Map(names.map((name) => [name, colourOn(probe, name)]))
  known.set('--sans', getComputedStyle(probe).getPropertyValue('--sans').trim())
  probe.remove()
  return (name) => known.get(name) ?? ''
}

/** The map alone. @param {Told} told @returns {HTMLCanvasElement} */
export function mapCanvas({ incidents, view, atlas }) {
  const { canvas, ctx } = blank(view.width, view.height)
  drawMap(ctx, view, incidents, atlas, paperColours())
  return canvas
}

/** The whole picture. @param {Told} told @returns {HTMLCanvasElement} */
export function picture({ title, lines, credits, incidents, view, atlas }) {
  const colour = paperColours()
  const width = view.width + 2 * MARGIN
  const measure = blank(1, 1).ctx
  measure.font = `14px ${colour('--sans')}`
  const said = lines.flatMap((line) => wrapped(measure, line, view.width))
  measure.font = `12px ${colour('--sans')}`
  const signs = legend(incidents)
  const rows = inRows(measure, signs, view.width)
  const credited = credits.flatMap((line) => wrapped(measure, line, view.width))
  const top = MARGIN + 34 + said.length * LINE + 8
  const height = top + view.height + 12 + rows.length * 24 + 8 + credited.length * 17 + MARGIN
  const { canvas, ctx } = blank(width, height)
  ctx.fillStyle = colour('--paper')
  ctx.fillRect(0, 0, width, height)
  ctx.textBaseline = 'alphabetic'
  ctx.direction = dir()
  ctx.textAlign = 'start'
  const start = dir() === 'rtl' ? width - MARGIN : MARGIN
  const write = (/** @type {string} */ text, /** @type {number} */ y, /** @type {string} */ font, /** @type {string} */ ink) => {
    ctx.font = `${font} ${colour('--sans')}`
    ctx.fillStyle = colour(ink)
    ctx.fillText(text, start, y)
  }
  write(title, MARGIN + 22, '650 22px', '--ink')
  said.forEach((line, i) => write(line, MARGIN + 34 + (i + 0.75) * LINE, '14px', '--ink'))
  ctx.save()
  ctx.translate(MARGIN, top)
  drawMap(ctx, view, incidents, atlas, colour)
  ctx.restore()
  ctx.strokeStyle = colour('--line')
  ctx.strokeRect(MARGIN, top, view.width, view.height)
  rows.forEach((row, i) => drawSigns(ctx, row, start, top + view.height + 12 + i * 24 + 12, colour))
  credited.forEach((line, i) => write(line, top + view.height + 12 + rows.length * 24 + 8 + (i + 0.8) * 17, '12px', '--quiet'))
  return canvas
}

/** @param {number} width @param {number} height */
function blank(width, height) {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * FINE)
  canvas.height = Math.round(height * FINE)
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  ctx.scale(FINE, FINE)
  return { canvas, ctx }
}

/** @param {CanvasRenderingContext2D} ctx @param {import('./mercator.js').View} view @param {Incident[]} incidents @param {any} atlas @param {(name: string) => string} colour */
function drawMap(ctx, view, incidents, atlas, colour) {
  ctx.direction = 'ltr'
  drawBase(ctx, baseOf(atlas), view, colour)
  const at = placing(view)
  const is_seen = (/** @type {{x: number, y: number}} */ { x, y }) => x > -40 && y > -40 && x < view.width + 40 && y < view.height + 40
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, 0, view.width, view.height)
  ctx.clip()
  const spots = /** @type {Map<string, number>} */ (new Map())
  const marks = []
  for (const incident of incidents.filter((each) => groupOf(each) === 'drawn')) {
    const ink = colour(`--${classOf(incident.properties.event_type)}`)
    if (incident.geometry.type.endsWith('Polygon')) area(ctx, incident.geometry, at, ink)
    for (const { lon, lat, radius_m, geo_precision } of placesOf(incident)) {
      const point = at(lon, lat)
      const key = `${lon.toFixed(4)},${lat.toFixed(4)}`
      const nth = spots.get(key) ?? 0
      spots.set(key, nth + 1)
      if (!incident.geometry.type.endsWith('Polygon') && (radius_m ?? 0) >= CIRCLE_FROM_M) circle(ctx, point, (radius_m ?? 0) / metres(view.zoom, lat), geo_precision === 3, ink)
      const away = SPREAD_PX * Math.sqrt(nth * 2)
      const mark = { x: point.x + Math.cos(nth * GOLDEN_ANGLE) * away, y: point.y + Math.sin(nth * GOLDEN_ANGLE) * away }
      if (is_seen(mark)) marks.push({ ...mark, properties: incident.properties, ink })
    }
  }
  for (const { x, y, properties, ink } of marks) sign(ctx, x, y, properties.event_type, sizeOf(properties), properties.status === 'claimed', ink, colour)
  const { length, pixels } = scaleBar(view)
  ctx.fillStyle = ctx.strokeStyle = colour('--ink')
  ctx.lineWidth = 1.5
  ctx.strokeRect(10, view.height - 14, pixels, 0.01)
  ctx.font = `11px ${colour('--sans')}`
  ctx.textAlign = 'left'
  ctx.fillText(distance(length), 12, view.height - 20)
  ctx.restore()
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {string} event_type @param {number} size @param {boolean} is_hollow @param {string} ink @param {(name: string) => string} colour */
function sign(ctx, x, y, event_type, size, is_hollow, ink, colour) {
  ctx.beginPath()
  shapeOf(event_type).forEach(([dx, dy], i) => ctx[i ? 'lineTo' : 'moveTo'](x + dx * size, y + dy * size))
  ctx.closePath()
  ctx.fillStyle = is_hollow ? colour('--paper') : ink
  ctx.strokeStyle = is_hollow ? ink : colour('--halo')
  ctx.lineWidth = is_hollow ? 2.6 : 1.4
  ctx.lineJoin = 'round'
  ctx.fill()
  ctx.stroke()
}

/** @param {CanvasRenderingContext2D} ctx @param {{x: number, y: number}} at @param {number} radius @param {boolean} is_region @param {string} ink */
function circle(ctx, { x, y }, radius, is_region, ink) {
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, 2 * Math.PI)
  precise(ctx, is_region, ink)
}

/** @param {CanvasRenderingContext2D} ctx @param {any} geometry @param {(lon: number, lat: number) => {x: number, y: number}} at @param {string} ink */
function area(ctx, geometry, at, ink) {
  ctx.beginPath()
  for (const polygon of geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) {
    for (const ring of polygon) ring.forEach((/** @type {number[]} */ [lon, lat], /** @type {number} */ i) => ctx[i ? 'lineTo' : 'moveTo'](at(lon, lat).x, at(lon, lat).y))
  }
  precise(ctx, true, ink)
}

/** @param {CanvasRenderingContext2D} ctx @param {boolean} is_region @param {string} ink */
function precise(ctx, is_region, ink) {
  ctx.save()
  ctx.fillStyle = ctx.strokeStyle = ink
  ctx.globalAlpha = is_region ? 0.05 : 0.07
  ctx.fill()
  ctx.globalAlpha = 0.6
  ctx.lineWidth = 1.2
  ctx.setLineDash(is_region ? [6, 5] : [])
  ctx.stroke()
  ctx.restore()
}

/** As on the map: three steps by the number of killed. @param {{killed_high: number | null, killed_low: number | null}} properties */
function sizeOf({ killed_high, killed_low }) {
  const killed = killed_high ?? killed_low ?? 0
  return killed >= 50 ? 11 : killed >= 10 ? 8.5 : 6.5
}

/** @typedef {{kind: string, text: string}} Sign */

/** What is in the picture: each type with how many of it, then what the signs mean. @param {Incident[]} incidents @returns {Sign[]} */
function legend(incidents) {
  const drawn = incidents.filter((incident) => groupOf(incident) === 'drawn')
  const counts = new Map()
  for (const { properties } of drawn) counts.set(properties.event_type, (counts.get(properties.event_type) ?? 0) + 1)
  const types = [...counts].sort((a, b) => b[1] - a[1]).map(([type, count]) => ({ kind: type, text: `${t(`type.${type}`)} (${number(count)})` }))
  const has_claims = drawn.some(({ properties }) => properties.status === 'claimed')
  return [...types, { kind: 'circle', text: t('legend.circle') }, { kind: 'region', text: t('legend.region') }, ...(has_claims ? [{ kind: 'claimed', text: t('legend.claimed') }] : []), { kind: 'size', text: t('legend.size') }]
}

/** @param {CanvasRenderingContext2D} ctx @param {Sign[]} signs @param {number} width @returns {{sign: Sign, from: number}[][]} */
function inRows(ctx, signs, width) {
  const rows = /** @type {{sign: Sign, from: number}[][]} */ ([])
  let from = Infinity
  for (const sign of signs) {
    const wide = 24 + ctx.measureText(sign.text).width + 20
    if (from + wide > width) {
      rows.push([])
      from = 0
    }
    rows[rows.length - 1].push({ sign, from })
    from += wide
  }
  return rows
}

/** @param {CanvasRenderingContext2D} ctx @param {{sign: Sign, from: number}[]} row @param {number} start @param {number} y @param {(name: string) => string} colour */
function drawSigns(ctx, row, start, y, colour) {
  const turn = dir() === 'rtl' ? -1 : 1
  for (const { sign: { kind, text }, from } of row) {
    const x = start + turn * (from + 9)
    if (kind === 'circle' || kind === 'region') {
      circle(ctx, { x, y }, 8, kind === 'region', colour('--ink'))
    } else if (kind === 'claimed' || kind === 'size') sign(ctx, x, y, 'Protests', kind === 'size' ? 8.5 : 6.5, kind === 'claimed', colour('--quiet'), colour)
    else sign(ctx, x, y, kind, 6.5, false, colour(`--${classOf(kind)}`), colour)
    ctx.direction = dir()
    ctx.textAlign = 'start'
    ctx.textBaseline = 'middle'
    ctx.font = `12px ${colour('--sans')}`
    ctx.fillStyle = colour('--ink')
    ctx.fillText(text, start + turn * (from + 24), y)
    ctx.textBaseline = 'alphabetic'
  }
}

/** Text in lines that fit; a word that is longer than a line is cut off. @param {CanvasRenderingContext2D} ctx @param {string} text @param {number} width */
function wrapped(ctx, text, width) {
  const lines = ['']
  for (const word of text.slice(0, 2_000).split(' ')) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim()
    if (ctx.measureText(longer).width <= width) lines[lines.length - 1] = longer
    else lines.push(ctx.measureText(word).width <= width ? word : `${word.slice(0, 60)}…`)
  }
  return lines.filter(Boolean)
}

/** How many incidents, and how many of them are on the map. @param {Incident[]} incidents @param {number} matched */
export function counted(incidents, matched) {
  const drawn = incidents.filter((incident) => groupOf(incident) === 'drawn').length
  const cut = matched > incidents.length ? [t('status.cut', { n: incidents.length, all: number(matched) })] : []
  return [t('out.features', { n: matched, count: amount('count', matched, matched) }), t('status.drawn', { n: drawn }), ...cut].join(' · ')
}
