// Builds the page into dist/: one script, one style sheet, the base map, the locale files.
// The program embeds dist/ whole, so nothing here may point to another server.
import { build } from 'esbuild'
import { feature } from 'topojson-client'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { towns, units } from './places.mjs'

const DIST = new URL('dist/', import.meta.url)
const LANGS = ['ar', 'en', 'fr']
/** A country's label appears once the country is about this wide on the screen. */
const LABEL_WIDTH_PX = 70
/** The page without its base map must stay light on a field connection. */
const BUDGET_BYTES = 350_000

await rm(DIST, { recursive: true, force: true })
await mkdir(new URL('locale/', DIST), { recursive: true })

await build({
  entryPoints: [
    { in: 'main.js', out: 'app' },
    { in: 'style.css', out: 'style' },
    { in: 'embed.js', out: 'embed' },
    { in: 'embed.css', out: 'embed' },
  ],
  absWorkingDir: new URL('.', import.meta.url).pathname,
  outdir: 'dist',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  loader: { '.png': 'dataurl' },
  logLevel: 'warning',
})

const locales = await Promise.all(LANGS.map(async (lang) => JSON.parse(await readFile(new URL(`locale/${lang}.json`, import.meta.url), 'utf8'))))
const keys = locales.map((locale) => Object.keys(locale).sort().join('\n'))
LANGS.forEach((lang, i) => {
  const missing = Object.keys(locales[1]).filter((key) => !(key in locales[i]))
  if (keys[i] !== keys[1]) throw new Error(`locale/${lang}.json and locale/en.json differ in their keys; missing: ${missing.join(', ') || 'none, but some too many'}`)
})
await Promise.all(locales.map((locale, i) => writeFile(new URL(`locale/${LANGS[i]}.json`, DIST), JSON.stringify(locale))))
for (const name of ['index.html', 'embed.html']) await cp(new URL(name, import.meta.url), new URL(name, DIST))
await writeFile(new URL('admin1.json', DIST), JSON.stringify(await units()))
await writeFile(new URL('basemap.json', DIST), JSON.stringify(await basemap()))

const sizes = await Promise.all(['index.html', 'app.js', 'style.css', ...LANGS.map((l) => `locale/${l}.json`), 'basemap.json', 'admin1.json'].map(async (name) => ({ name, bytes: gzipSync(await readFile(new URL(name, DIST))).length })))
const page = sizes.filter((file) => file.name !== 'basemap.json' && file.name !== 'admin1.json').reduce((sum, file) => sum + file.bytes, 0)
for (const file of sizes) console.log(`${String(Math.ceil(file.bytes / 1000)).padStart(5)} kB  ${file.name}`)
if (page > BUDGET_BYTES) throw new Error(`the page is ${page} bytes compressed, more than ${BUDGET_BYTES}`)

/** Land and borders of Natural Earth 1:50m (public domain, by way of world-atlas), with a point for each country's name, and towns. */
async function basemap() {
  const atlas = JSON.parse(await readFile(new URL('node_modules/world-atlas/countries-50m.json', import.meta.url), 'utf8'))
  const labels = []
  for (const country of atlas.objects.countries.geometries) {
    // Numeric codes become names in the reader's language in the browser; units without a code stay unnamed.
    if (!country.id || country.id === '010') continue
    const { geometry } = /** @type {any} */ (feature(atlas, country))
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    const largest = polygons.map((/** @type {any} */ p) => p[0]).sort((/** @type {any} */ a, /** @type {any} */ b) => area(b) - area(a))[0]
    const [lon, lat] = innermost(largest)
    const zoom = Math.log2((LABEL_WIDTH_PX * 360) / 256 / Math.sqrt(area(largest)))
    labels.push([country.id, round(lon), round(lat), Math.max(2, Math.ceil(zoom))])
  }
  const { countries, land } = atlas.objects
  for (const country of countries.geometries) delete country.properties
  return { ...atlas, objects: { countries, land }, labels, towns: await towns() }
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
