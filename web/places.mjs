// The names of towns for the base map, out of the project's own gazetteer, in the three languages of the page.
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
  return [...towns.values()]
    .map((town) => ({ ...town, from: zoomFrom(town) }))
    .filter(({ feature, from, lat }) => feature.startsWith('PPL') && from > 0 && Number.isFinite(lat))
    .sort((a, b) => a.from - b.from || b.population - a.population || a.name.localeCompare(b.name))
    .map(({ lon, lat, from, name, names }) => [round(lon), round(lat), from, name, own(names, 'fr', name), own(names, 'ar', name) || (names.find(([, other]) => ARABIC.test(other))?.[1] ?? '')])
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

/** The cells of a table's rows. @param {string} file */
async function table(file) {
  const content = await readFile(new URL(file, GAZETTEER), 'utf8')
  return content.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split('\t'))
}

/** @param {number} degrees */
function round(degrees) {
  return Math.round(degrees * 1000) / 1000
}
