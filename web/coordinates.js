// Coordinates as people paste them: degrees with a fraction, degrees with minutes and seconds, MGRS, Plus codes. Knows nothing of the page.
import { toPoint } from 'mgrs'

/** @typedef {{lon: number, lat: number, notation: 'decimal' | 'dms' | 'mgrs' | 'plus'}} Found */

/** What a direction is called, in capitals and without diacritics; «ش» and «ق» are north and east, as surveyors write them. */
const DIRECTIONS = {
  N: ['N', 'NORTH', 'NORD', 'ش', 'شمال', 'شمالا'],
  S: ['S', 'SOUTH', 'SUD', 'ج', 'جنوب', 'جنوبا'],
  E: ['E', 'EAST', 'EST', 'ق', 'شرق', 'شرقا'],
  W: ['W', 'O', 'WEST', 'OUEST', 'غ', 'غرب', 'غربا'],
}
/** What stands between numbers and says nothing. */
const FILLERS = ['LAT', 'LON', 'LNG', 'LONG', 'LATITUDE', 'LONGITUDE', 'خط', 'العرض', 'عرض', 'الطول', 'طول', 'و']
const PLUS_DIGITS = '23456789CFGHJMPQRVWX'
/** Letters of a full Plus code before and behind the sign. */
const PLUS = new RegExp(`^[${PLUS_DIGITS}0]{8}\\+[${PLUS_DIGITS}]{0,7}$`)
const MGRS = /^\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}(\d{2}|\d{4}|\d{6}|\d{8}|\d{10})$/
/** A number, perhaps of degrees; or a word. */
const PIECE = /(-?\d+(?:\.\d+)?)\s*([°º˚d](?!\p{L}))?|(\p{L}+)/gu
/** Everything that may stand there. */
const ALLOWED = /^[\s\d.,:;/()°º˚'′’ʹ"″”ʺ\p{L}-]*$/u

/** Where a pasted text points; null when it is no coordinates, or none on this globe. @param {string} given @returns {Found | null} */
export function parse(given) {
  const text = plain(given)
  const packed = text.toUpperCase().replace(/\s+/g, '')
  if (PLUS.test(packed)) return checked(plus(packed), 'plus')
  if (MGRS.test(packed)) return mgrs(packed)
  const address = /@(-?\d+\.\d+),(-?\d+\.\d+)/.exec(text) ?? /^geo:(-?[\d.]+),(-?[\d.]+)/i.exec(text)
  if (address) return checked({ lat: Number(address[1]), lon: Number(address[2]) }, 'decimal')
  return numbers(text)
}

/** Arabic digits and signs as the others write them; signs that only turn directions go. @param {string} given */
function plain(given) {
  return given
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/٫/g, '.')
    .replace(/[−–]/g, '-')
    .replace(/[\u{200E}\u{200F}\u{061C}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{064B}-\u{0652}\u{0640}]/gu, '')
    .replace(/[،;]/g, ' ')
    .trim()
}

/** @typedef {{value: number, is_degrees: boolean}} Figure */

/** Two angles with their directions. @param {string} text @returns {Found | null} */
function numbers(text) {
  if (!ALLOWED.test(text)) return null
  // Commas inside both numbers, and no point anywhere, are fractions: «33,5 36,3». All others separate.
  const is_fraction = !/\d\.\d/.test(text) && (text.match(/\d,\d/g) ?? []).length === 2 && !/^\D*\d+,\d+\D*$/.test(text)
  const cleaned = text.replace(/(\d),(\d)/g, is_fraction ? '$1.$2' : '$1 $2')
  /** @type {{side: string, figures: Figure[]}[]} */
  const runs = [{ side: '', figures: [] }]
  for (const [, number, degrees, word] of cleaned.matchAll(PIECE)) {
    if (number !== undefined) {
      runs[runs.length - 1].figures.push({ value: Number(number), is_degrees: Boolean(degrees) })
      continue
    }
    const side = sideOf(word)
    if (side === null) return null
    if (side) runs.push({ side, figures: [] })
  }
  const [before, first, second] = runs
  if (runs.length === 1) return together(...halves(before.figures), '', '')
  if (runs.length !== 3) return null
  // Directions stand before both angles, or behind both.
  if (before.figures.length === 0) return together(first.figures, second.figures, first.side, second.side)
  return second.figures.length === 0 ? together(before.figures, first.figures, first.side, second.side) : null
}

/** What belongs to either angle where no direction says so. @param {Figure[]} figures @returns {[Figure[], Figure[]]} */
function halves(figures) {
  if (figures.length % 2 === 1 && !figures.some(({ is_degrees }) => is_degrees)) return [[], []]
  const marked = figures.flatMap(({ is_degrees }, i) => (is_degrees ? [i] : []))
  const middle = marked.length === 2 && marked[0] === 0 ? marked[1] : figures.length / 2
  return [figures.slice(0, middle), figures.slice(middle)]
}

/** @param {Figure[]} one @param {Figure[]} other @param {string} first where the first goes: N, S, E, W or nothing @param {string} second @returns {Found | null} */
function together(one, other, first, second) {
  const [a, b] = [degreesOf(one, first), degreesOf(other, second)]
  const is_of = (/** @type {string} */ side, /** @type {string} */ axis) => side !== '' && axis.includes(side)
  if (['NS', 'EW'].some((axis) => is_of(first, axis) && is_of(second, axis))) return null
  // Latitude comes first unless the directions, or the size of the numbers, say otherwise.
  const is_turned = is_of(first, 'EW') || (!first && Math.abs(a) > 90)
  const notation = one.length > 1 || other.length > 1 ? 'dms' : 'decimal'
  return checked(is_turned ? { lat: b, lon: a } : { lat: a, lon: b }, notation)
}

/** @param {Figure[]} figures degrees, minutes, seconds @param {string} side */
function degreesOf(figures, side) {
  const [degrees, minutes = 0, seconds = 0] = figures.map(({ value }) => Math.abs(value))
  const is_whole = figures.slice(0, -1).every(({ value }) => value % 1 === 0)
  if (figures.length < 1 || figures.length > 3 || minutes >= 60 || seconds >= 60 || !is_whole) return NaN
  const is_negative = Object.is(Math.sign(figures[0].value), -1) || Object.is(figures[0].value, -0)
  return (degrees + minutes / 60 + seconds / 3600) * (is_negative || side === 'S' || side === 'W' ? -1 : 1)
}

/** N, S, E or W; empty for a word that says nothing, null for one that does not belong here. @param {string} word @returns {string | null} */
function sideOf(word) {
  const folded = word.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
  const found = Object.entries(DIRECTIONS).find(([, words]) => words.includes(folded))
  if (found) return found[0]
  return FILLERS.includes(folded) ? '' : folded.startsWith('و') ? sideOf(word.slice(1)) : null
}

/** @param {string} text @returns {Found | null} */
function mgrs(text) {
  try {
    const [lon, lat] = toPoint(text)
    return checked({ lon, lat }, 'mgrs')
  } catch {
    return null
  }
}

/** The middle of a full Plus code's cell. @param {string} code */
function plus(code) {
  const digits = code.replace('+', '').replace(/0+$/, '')
  let [lat, lon, height, width] = [-90, -180, 400, 400]
  for (let i = 0; i < Math.min(digits.length, 10); i += 2) {
    height /= 20
    width /= 20
    lat += PLUS_DIGITS.indexOf(digits[i]) * height
    lon += PLUS_DIGITS.indexOf(digits[i + 1] ?? '2') * width
  }
  // Further letters divide the cell into four columns and five rows each.
  for (const digit of digits.slice(10)) {
    height /= 5
    width /= 4
    lat += Math.floor(PLUS_DIGITS.indexOf(digit) / 4) * height
    lon += (PLUS_DIGITS.indexOf(digit) % 4) * width
  }
  return { lat: lat + height / 2, lon: lon + width / 2 }
}

/** @param {{lon: number, lat: number}} point @param {Found['notation']} notation @returns {Found | null} */
function checked({ lon, lat }, notation) {
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return null
  const short = (/** @type {number} */ degrees) => Number(degrees.toFixed(6))
  return { lon: short(lon), lat: short(lat), notation }
}
