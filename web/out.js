// What leaves the page: files, a picture, paper, a frame for other pages, a citation.
import * as api from './api.js'
import { byId, el } from './dom.js'
import { dir, has, number, t } from './i18n.js'
import { counted, picture } from './picture.js'
import { openSheet } from './sheet.js'
import { state } from './state.js'
import { fileName, filterWords, today } from './told.js'

/** Incidents on a picture; more would cover each other. */
const MOST_DRAWN = 10_000
/** Sides of a picture in pixels of the style sheet, whatever the window: it is for reports and slides. */
const PICTURE = { width: 1200, height: 750 }
/** What the coarse map takes of the filter; the server refuses the rest, since asking finely would find out what it hides. */
const PUBLIC = ['datetime', 'event_type', 'sub_event_type', 'disorder_type', 'status', 'civilian_targeting', 'country', 'admin1', 'lang']
const CITED = 'geojson'

/** Puts the menu behind its button. */
export function setUpOut() {
  const dialog = /** @type {HTMLDialogElement} */ (byId('out'))
  byId('out-open').addEventListener('click', () => {
    draw(dialog)
    dialog.showModal()
  })
}

/** @param {HTMLDialogElement} dialog */
function draw(dialog) {
  const filter = api.filterOf()
  const words = filterWords(filter)
  const said = el('p', { role: 'status', class: 'hint' })
  const files = el('ul', { class: 'plain files' }, el('li', {}, t('loading.short')))
  const problem = (/** @type {unknown} */ error) => (said.textContent = /** @type {Error} */ (error).message || t('problem.offline'))
  const act = (/** @type {string} */ key, /** @type {() => Promise<unknown>} */ work) => {
    const button = el('button', { type: 'button', click: async () => {
      button.disabled = true
      said.textContent = t('out.working')
      await work().then((done) => (said.textContent = typeof done === 'string' ? done : ''), problem)
      button.disabled = false
    } }, t(key))
    return button
  }
  dialog.replaceChildren(
    el('header', {}, el('h2', {}, t('out.title')), el('button', { type: 'button', class: 'close', 'aria-label': t('close'), click: () => dialog.close() }, '×')),
    el('p', { class: 'hint' }, words.length > 0 ? words.join(' · ') : t('out.all')),
    el('section', {}, el('h3', {}, t('out.files')), files),
    el('section', {}, el('h3', {}, t('out.show')), el('div', { class: 'buttons' },
      act('out.picture', () => savePicture(filter)),
      act('out.sheet', async () => { await openSheet(await material(filter)); dialog.close() }),
    )),
    el('section', {}, el('h3', {}, t('out.cite')), copied(dialog, 'cite', () => citation(filter), problem, said)),
    el('section', {}, el('h3', {}, t('out.embed')), el('p', { class: 'hint' }, t('out.embed.hint')), dropped(filter), copied(dialog, 'embed', async () => snippet(filter), problem, said)),
    said,
  )
  api.formats().then((known) => files.replaceChildren(...known.map(({ name }) => el('li', {},
    el('a', { href: api.fileUrl(filter, name), download: `dalil-incidents-${today().iso}` }, has(`format.${name}`) ? t(`format.${name}`) : name),
  ))), problem)
}

/** A text that is made when it is asked for, and copied. @param {HTMLElement} dialog @param {string} key @param {() => Promise<string>} make @param {(error: unknown) => unknown} problem @param {HTMLElement} said */
function copied(dialog, key, make, problem, said) {
  const text = el('textarea', { readonly: true, rows: 3, dir: key === 'cite' ? dir() : 'ltr', hidden: true, 'aria-label': t(`out.${key}`), class: 'copied' })
  const button = el('button', { type: 'button', click: async () => {
    const made = await make().catch((error) => void problem(error))
    if (typeof made !== 'string') return
    text.value = made
    text.hidden = false
    text.select()
    // Without https no page may write to the clipboard: the text stands selected then.
    const is_copied = await navigator.clipboard?.writeText(made).then(() => true, () => false)
    said.textContent = t(is_copied ? 'out.copied' : 'out.selected')
  } }, t(`out.${key}.make`))
  return el('div', {}, button, text)
}

/** Everything that a picture or a sheet is made of, asked for at once. @param {URLSearchParams} filter */
export async function material(filter) {
  const [{ features, numberMatched }, atlas] = await Promise.all([api.incidentsBy(filter, MOST_DRAWN), api.basemap()])
  const words = filterWords(filter)
  return {
    title: t('out.heading', { day: today().text }),
    lines: [words.length > 0 ? words.join(' · ') : t('out.all'), counted(features, numberMatched)],
    credits: [t('out.credit', { version: await version() }), t('legend.credit')],
    incidents: features,
    matched: numberMatched,
    view: viewFor(PICTURE.width, PICTURE.height),
    atlas,
  }
}

/** What the map shows, in a picture of other sides. @param {number} width @param {number} height */
export function viewFor(width, height) {
  const [zoom, lon, lat] = (state.map || '2/10/20').split('/').map(Number)
  const { clientWidth, clientHeight } = byId('map')
  return { zoom: zoom + Math.log2(Math.min(width / (clientWidth || width), height / (clientHeight || height))), lon, lat, width, height }
}

/** @param {URLSearchParams} filter */
async function savePicture(filter) {
  const canvas = picture(await material(filter))
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'))
  if (!blob) throw new Error(t('out.too_large'))
  save(blob, fileName('png'))
  return t('out.saved', { name: fileName('png') })
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const href = URL.createObjectURL(blob)
  el('a', { href, download: name }).click()
  // The browser has begun to write by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

/** @type {string | undefined} */
let known_version
async function version() {
  return (known_version ??= await api.version())
}

/** One line that names program, filter, count and hash, so that somebody else can see whether they hold the same. @param {URLSearchParams} filter */
async function citation(filter) {
  const { dalil, sha256, counts } = await api.manifest(filter, CITED)
  const words = filterWords(filter)
  return t('out.citation', { version: dalil, filter: words.length > 0 ? words.join(' · ') : t('out.all'), n: counts.features, count: number(counts.features), format: 'GeoJSON', hash: sha256, day: today().iso, address: new URL(api.fileUrl(filter, CITED), location.href).href })
}

/** What of a filter the coarse map takes. @param {URLSearchParams} filter */
function publicFilter(filter) {
  return new URLSearchParams([...filter].filter(([name]) => PUBLIC.includes(name)))
}

/** What the coarse map cannot filter by is said, not passed over. @param {URLSearchParams} filter */
function dropped(filter) {
  const gone = new URLSearchParams([...filter].filter(([name]) => !PUBLIC.includes(name) && name !== 'granularity'))
  const words = filterWords(gone)
  return words.length > 0 && el('p', { class: 'problem' }, t('out.embed.dropped'), ' ', words.join(' · '))
}

/** @param {URLSearchParams} filter */
function snippet(filter) {
  const address = new URL('/embed', location.href)
  for (const [name, value] of publicFilter(filter)) address.searchParams.set(name, value)
  address.searchParams.set('map', state.map)
  address.searchParams.set('ui', document.documentElement.lang)
  const frame = el('iframe', { src: address.href, title: t('out.embed.title'), width: 720, height: 460, loading: 'lazy', style: 'border:0;max-width:100%' })
  return frame.outerHTML
}
