// Names of towns and outlines of units for the base map, out of the project's own gazetteer, in the three languages of the page.
import { readFile, readdir } from 'node:fs/promises'

const GAZETTEER = new URL('../geodata/gazetteer/', import.meta.url)
const ARABIC = /\p{Script=Arabic}/u
/** "City of", which a map need not say. */
const CITY_OF = 'مدينة '

/** @typedef {{name: string, feature: string, lat: number, lon: number, population: number, names: string[][]}} Town */

/**
 * Capitals, large towns and seats of units, the weightier first: longitude, latitude, zoom from which the name is shown,
 * then the name in English, French and Arabic (the last two empty when not known or the same as in English).
 * @returns {Promise<[number, number, number, string, string, string][]>}
 */
export async function towns() {
  return [...(await gazetteer()).values()]
    .map((town) => ({ ...town, from: zoomFrom(town) }))
    .filter(({ feature, from, lat }) => feature.startsWith('PPL') && from > 0 && Number.isFinite(lat))
    .sort((a, b) => a.from - b.from || b.population - a.population || a.name.localeCompare(b.name))
    .map(({ lon, lat, from, name, names }) => [round(lon), round(lat), from, name, own(names, 'fr', name), arabic(names, name)])
}

/**
 * Outlines of first-level units as geodata/gazetteer/outlines.tsv has them: arcs in Google's polyline letters; country, name, French and Arabic
 * name (empty when not known), arcs of the rings of each polygon.
 * @returns {Promise<{arcs: string[], units: [string, string, string, string, number[][][]][]}>}
 */
export async function units() {
  const known = await gazetteer()
  const lines = (await readFile(new URL('outlines.tsv', GAZETTEER), 'utf8')).split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'))
  const all = lines.filter(([kind]) => kind === 'arc').map(([, letters]) => letters)
  // The arcs of other levels are left out, and those that stay numbered anew.
  const kept = /** @type {Map<number, number>} */ (new Map())
  const anew = (/** @type {number} */ arc) => {
    const at = arc < 0 ? ~arc : arc
    if (!kept.has(at)) kept.set(at, kept.size)
    const found = /** @type {number} */ (kept.get(at))
    return arc < 0 ? ~found : found
  }
  const units = /** @type {[string, string, string, string, number[][][]][]} */ (lines.filter(([kind]) => kind === 'admin1').map(([, id, country, , , , polygons]) => {
    const { name = '', names = [] } = known.get(id) ?? {}
    return [country, name, own(names, 'fr', name), arabic(names, name), polygons.split('|').map((polygon) => polygon.split(';').map((ring) => ring.split(',').map(Number).map(anew)))]
  }))
  return { arcs: [...kept.keys()].map((at) => all[at]), units }
}

/** All places, corrected. @returns {Promise<Map<string, Town>>} */
async function gazetteer() {
  /** @type {Map<string, Town>} */
  const towns = new Map()
  const facts = (await readdir(new URL('facts/', GAZETTEER))).filter((name) => name.endsWith('.tsv')).sort()
  for (const file of ['base.tsv', ...facts.map((name) => `facts/${name}`)]) {
    for (const [id, name, feature, , , , lat, lon, population, , names] of await table(file)) {
      const known = towns.get(id) ?? { name, feature, lat: Number(lat), lon: Number(lon), population: 0, names: [] }
      known.population ||= Number(population)
      known.feature = feature || known.feature
      // Spellings that somebody checked stand before those of the packages.
      const more = names.split('|').filter(Boolean).map((tagged) => tagged.split(/:(.*)/s))
      known.names = file === 'base.tsv' ? more : [...more, ...known.names]
      towns.set(id, known)
    }
  }
  for (const [id, field, found, wanted] of await table('corrections.tsv')) {
    const town = towns.get(id)
    if (field === 'display' && town?.name === found && wanted) town.name = wanted
    if (field === 'name' && town && !wanted) town.names = town.names.filter(([, name]) => name !== found)
  }
  return towns
}

/** @param {Town} town @returns {number} 0: never */
function zoomFrom({ feature, population }) {
  if (feature === 'PPLC') return population >= 500_000 ? 5 : 6
  if (population >= 3_000_000) return 5
  if (population >= 700_000) return 6
  if (feature === 'PPLA' || population >= 250_000) return 7
  return feature === 'PPLA2' && population >= 20_000 ? 8 : 0
}

/** @param {string[][]} names @param {string} lang @param {string} name */
function own(names, lang, name) {
  const found = names.find(([tag, other]) => tag === lang && !other.startsWith(CITY_OF))?.[1] ?? ''
  return found === name ? '' : found
}

/** The Arabic name, or one in Arabic letters. @param {string[][]} names @param {string} name */
function arabic(names, name) {
  return own(names, 'ar', name) || (names.find(([, other]) => ARABIC.test(other))?.[1] ?? '')
}

/** The cells of a table's rows. @param {string} file */
async function table(file) {
  const content = await readFile(new URL(file, GAZETTEER), 'utf8')
  return content.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'))
}

/** @param {number} degrees */
function round(degrees) {
  return Math.round(degrees * 1000) / 1000
}
