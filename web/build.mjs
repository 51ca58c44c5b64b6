// Builds the page into dist/: one script, one style sheet, the base map, the locale files.
// The program embeds dist/ whole, so nothing here may point to another server.
import { build } from 'esbuild'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { basemap, countries } from './atlas.mjs'
import { units } from './places.mjs'

const DIST = new URL('dist/', import.meta.url)
const LANGS = ['ar', 'en', 'fr']
/** The page without its base map must stay light on a field connection. */
const BUDGET_BYTES = 350_000
/** The base map, and what is read once somebody looks closely. */
const MAPS = ['basemap.json', 'countries.json', 'admin1.json']

await rm(DIST, { recursive: true, force: true })
await mkdir(new URL('locale/', DIST), { recursive: true })

const COMMON = { absWorkingDir: new URL('.', import.meta.url).pathname, outdir: 'dist', bundle: true, minify: true, target: 'es2022', logLevel: /** @type {const} */ ('warning') }
// Modules wait for the page to be read; this one must not.
await build({ ...COMMON, entryPoints: ['first.js'], format: 'iife' })
await build({
  ...COMMON,
  entryPoints: [
    { in: 'main.js', out: 'app' },
    { in: 'style.css', out: 'style' },
    { in: 'embed.js', out: 'embed' },
    { in: 'embed.css', out: 'embed' },
  ],
  format: 'esm',
  loader: { '.png': 'dataurl' },
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
await writeFile(new URL('countries.json', DIST), JSON.stringify(await countries()))
// The Makefile takes this one, the last, for all of them.
await writeFile(new URL('basemap.json', DIST), JSON.stringify(await basemap()))

const sizes = await Promise.all(['index.html', 'first.js', 'app.js', 'style.css', ...LANGS.map((l) => `locale/${l}.json`), ...MAPS].map(async (name) => ({ name, bytes: gzipSync(await readFile(new URL(name, DIST))).length })))
const page = sizes.filter((file) => !MAPS.includes(file.name)).reduce((sum, file) => sum + file.bytes, 0)
for (const file of sizes) console.log(`${String(Math.ceil(file.bytes / 1000)).padStart(5)} kB  ${file.name}`)
if (page > BUDGET_BYTES) throw new Error(`the page is ${page} bytes compressed, more than ${BUDGET_BYTES}`)
