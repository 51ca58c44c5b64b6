// A stand-in for the server with a few invented reports: `node dev/mock.mjs [port]`. For work on the page and for its tests.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { incidents, mentions, reports } from './reports.mjs'

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' }
const CSP = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'"
/** @type {any[]} */
let places = []
/** @type {Set<import('node:http').ServerResponse>} */
const listeners = new Set()

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://mock')
  const send = (/** @type {number} */ status, /** @type {any} */ body, type = 'application/json', more = {}) => response.writeHead(status, { 'content-type': type, 'content-security-policy': CSP, ...more }).end(body)
  const problem = (/** @type {number} */ status, /** @type {string} */ detail) => send(status, JSON.stringify({ title: 'Bad Request', status, detail }), 'application/problem+json')
  if (url.pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n')
    listeners.add(response.on('close', () => listeners.delete(response)))
    return
  }
  const [, collection, id] = /^\/api\/collections\/(\w+)\/items(?:\/(.+))?$/.exec(decodeURIComponent(url.pathname)) ?? []
  if (collection === 'places' && request.method === 'POST') {
    let body = ''
    for await (const chunk of request) body += chunk
    const place = JSON.parse(body)
    if (place.properties.name.length < 2) return problem(400, 'the name has one letter, two are needed')
    place.id = `user:${places.length + 1}`
    place.properties = { country: 'ML', ...place.properties }
    places = [...places, place]
    tell()
    return send(201, JSON.stringify({ place, changed: { reports_read: 2, mentions_resolved: 3, incidents_moved: moved(place), incidents_added: 0, incidents_removed: 0 } }))
  }
  if (collection === 'places' && request.method === 'DELETE') {
    places = places.filter((place) => place.id !== id)
    tell()
    return send(200, JSON.stringify({ changed: { reports_read: 2, mentions_resolved: 3, incidents_moved: 1, incidents_added: 0, incidents_removed: 0 } }))
  }
  if (collection === 'reports' && id) return reports[id] ? send(200, JSON.stringify(reports[id])) : problem(404, `no report ${id}`)
  if (collection) {
    const found = select({ incidents: incidents.map(relocated), mentions, places }[collection] ?? [], url.searchParams)
    if (typeof found === 'string') return problem(400, found)
    return send(200, JSON.stringify({ type: 'FeatureCollection', numberMatched: found.length, numberReturned: found.length, links: [], features: found }), 'application/geo+json', url.searchParams.has('download') ? { 'content-disposition': 'attachment; filename="incidents.geojson"' } : {})
  }
  const path = url.pathname === '/' ? '/index.html' : url.pathname
  const body = await readFile(new URL(`../dist${path}`, import.meta.url)).catch(() => null)
  return body ? send(200, body, /** @type {any} */ (TYPES)[extname(path)] ?? 'application/octet-stream') : problem(404, `nothing at ${path}`)
})

/** @param {any[]} features @param {URLSearchParams} query */
function select(features, query) {
  const [from, to] = (query.get('datetime') ?? '../..').split('/')
  if ([from, to].some((day) => day !== '..' && Number.isNaN(Date.parse(day)))) return `datetime is ${query.get('datetime')}, expected start/end`
  const box = query.get('bbox')?.split(',').map(Number)
  return features.filter(({ geometry, properties }) => {
    if (from !== '..' && (properties.date_end ?? '') < from) return false
    if (to !== '..' && (properties.date_start ?? '9') > to) return false
    for (const facet of ['event_type', 'status', 'granularity', 'lang']) if (query.has(facet) && !query.get(facet)?.split(',').includes(properties[facet])) return false
    if (query.has('q') && !JSON.stringify(properties).toLowerCase().includes(query.get('q')?.toLowerCase() ?? '')) return false
    if (!box) return true
    const { lon, lat } = properties.lon === undefined ? { lon: geometry?.coordinates[0], lat: geometry?.coordinates[1] } : properties
    return geometry && lon >= box[0] && lat >= box[1] && lon <= box[2] && lat <= box[3]
  })
}

/** An incident whose place the user has added is there. @param {any} incident */
function relocated(incident) {
  const place = incident.geometry ? null : places.find(({ properties }) => names(properties).includes(incident.properties.place_surface))
  if (!place) return incident
  const [lon, lat] = place.geometry.coordinates
  return { ...incident, geometry: place.geometry, properties: { ...incident.properties, place_name: place.properties.name, lon, lat, radius_m: 2000, geo_precision: 1 } }
}

/** @param {any} place */
function moved(place) {
  return incidents.filter((incident) => !incident.geometry && names(place.properties).includes(incident.properties.place_surface)).length
}

/** @param {any} properties @returns {string[]} */
function names(properties) {
  return [properties.name, ...properties.names.map((/** @type {any} */ name) => name.name)]
}

function tell() {
  for (const listener of listeners) listener.write('event: changed\ndata: {}\n\n')
}

server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(`http://127.0.0.1:${/** @type {any} */ (server.address()).port}`))
