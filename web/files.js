// Files as reports: which kinds are taken, how their bytes become what the server is sent.

import { takeApart } from './api.js'

/** What is sent of one report: bytes or JSON, and of a plain text what is told of it; or why a part of a file is none. @typedef {{body: BodyInit, told?: Record<string, string>, where: string, problem?: string}} Letter */
/** Why a file or a line is none; `key` is of the locale. */
export class Unreadable extends Error {
  /** @param {string} key @param {Record<string, string | number>} [values] */
  constructor(key, values = {}) {
    super(key)
    this.key = key
    this.values = values
  }
}

const TEXTS = ['txt', 'text', 'md', 'markdown']
const LINES = ['jsonl', 'ndjson']
/** Kinds that the server takes apart. */
const DOCUMENTS = ['pdf', 'docx', 'odt', 'rtf', 'html', 'htm', 'xhtml', 'csv', 'tsv', 'xlsx', 'xls', 'ods', 'eml', 'mbox', 'xml', 'rss', 'atom', 'warc', 'gz', 'zip', 'tar', 'tgz']
/** For the browser's window of files. */
export const ACCEPT = [...TEXTS, ...LINES, 'json', ...DOCUMENTS].map((ending) => `.${ending}`).join(',')
/** As the server takes in one report, `MAX_BODY_BYTES`. */
const MOST_BYTES = 1_000_000
/** As the server takes a file apart, `documents::MAX_FILE_BYTES`. */
const MOST_DOCUMENT_BYTES = 16_777_216
/** A file of lines is held in memory whole. */
const MOST_FILE_BYTES = 64_000_000

/**
 * The letters of a file. `fill` is told of what does not say it itself.
 * @param {File} file @param {{published: string, source: string}} fill @returns {Promise<Letter[]>}
 */
export async function letters(file, fill) {
  const ending = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase() : ''
  const is_text = TEXTS.includes(ending) || (ending === '' && file.type === 'text/plain')
  const is_document = DOCUMENTS.includes(ending)
  if (!is_text && !is_document && !LINES.includes(ending) && ending !== 'json') throw new Unreadable('intake.kind', { found: ending || file.type || '?' })
  if (file.size > (is_text ? MOST_BYTES : is_document ? MOST_DOCUMENT_BYTES : MOST_FILE_BYTES)) throw new Unreadable('intake.large')
  const bytes = await file.arrayBuffer().catch(() => null)
  if (!bytes) throw new Unreadable('intake.unreadable')
  if (bytes.byteLength === 0) throw new Unreadable('intake.empty')
  if (is_document) {
    const found = apart(await takeApart(file.name, bytes, fill.published), fill)
    if (found.length === 0) throw new Unreadable('intake.empty')
    return found
  }
  if (is_text) return [{ body: bytes, told: { id: file.name, ...fill }, where: '' }]
  const content = decoded(bytes)
  if (ending === 'json' && is_export(content)) return apart(await takeApart(file.name, bytes, fill.published), fill)
  const found = ending === 'json' ? objects(content, fill) : lines(content, fill)
  if (found.length === 0) throw new Unreadable('intake.empty')
  return found
}

/** A chat or a feed: one object that is no report itself. @param {string} content */
function is_export(content) {
  try {
    const value = JSON.parse(content)
    return value !== null && typeof value === 'object' && (Array.isArray(value.messages) || Array.isArray(value.items) || Array.isArray(value.chats?.list))
  } catch {
    return false
  }
}

/** @param {Awaited<ReturnType<typeof takeApart>>} taken @param {{published: string, source: string}} fill @returns {Letter[]} */
function apart({ reports, refused }, fill) {
  const found = reports.map((report) => ({ body: filled(report, { ...fill, published: '' }), where: '' }))
  return [...found, ...refused.map(({ place, reason }) => ({ body: '', where: '', problem: `${place}: ${reason}` }))]
}

/** @param {ArrayBuffer} bytes */
function decoded(bytes) {
  const [first, second] = new Uint8Array(bytes)
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new Unreadable('intake.encoding')
  }
}

/** One object, or a list of them; JSON Lines under the name of JSON too. @param {string} content @param {{published: string, source: string}} fill @returns {Letter[]} */
function objects(content, fill) {
  try {
    const value = JSON.parse(content)
    return (Array.isArray(value) ? value : [value]).map((each, index) => ({ body: filled(each, fill), where: Array.isArray(value) ? String(index + 1) : '' }))
  } catch (error) {
    if (content.trim().split('\n').length < 2) throw new Unreadable('intake.json', { found: /** @type {Error} */ (error).message })
    return lines(content, fill)
  }
}

/** A line that is no JSON is sent as it is: the server says what is wrong with it. @param {string} content @param {{published: string, source: string}} fill @returns {Letter[]} */
function lines(content, fill) {
  return content.split('\n').map((line, index) => ({ line: line.trim(), where: String(index + 1) })).filter(({ line }) => line !== '').map(({ line, where }) => {
    try {
      const value = JSON.parse(line)
      const is_told = value && (value.published || !fill.published) && (value.source || !fill.source)
      return { body: is_told ? line : filled(value, fill), where }
    } catch {
      return { body: line, where }
    }
  })
}

/** @param {any} value @param {{published: string, source: string}} fill */
function filled(value, fill) {
  const is_object = value !== null && typeof value === 'object' && !Array.isArray(value)
  const told = is_object ? { published: value.published || fill.published || undefined, source: value.source || fill.source || undefined } : {}
  return JSON.stringify(is_object ? { ...value, ...told } : value)
}
