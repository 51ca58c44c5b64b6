// The reasons of the program in the reader's language: its own sentences are the keys, with * for what changes in them.
import { country, keys, t } from './i18n.js'

const PREFIX = 'reason.'

/** A reason in the reader's language; null when the page has no words for it. @param {string} what @returns {string | null} */
export function translated(what) {
  for (const key of keys(PREFIX)) {
    const found = what.match(pattern(key.slice(PREFIX.length)))
    if (!found) continue
    const values = found.slice(1).map((value) => (/^[A-Z]{2}$/.test(value) ? country(value) : value))
    return t(key).replace(/\*/g, () => values.shift() ?? '')
  }
  return null
}

/** @param {string} sentence */
function pattern(sentence) {
  const escaped = sentence.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('(.+)')}$`, 'u')
}
