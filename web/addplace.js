// "Add a place here": a click on the map, a name, and the reports that mention it are read again.
import { addPlace, places, removePlace } from './api.js'
import { bdi, byId, el } from './dom.js'
import { country, t } from './i18n.js'

/** GeoNames feature codes for the kinds that a reader tells apart. */
const KINDS = { village: 'PPL', town: 'PPL', city: 'PPLA', camp: 'CMPRF', region: 'RGN', other: 'LCTY' }
const ARABIC = /\p{Script=Arabic}/u

/**
 * @param {import('./map.js').MapView} map
 * @param {{changed: () => Promise<unknown>, say: (text: string) => void}} on
 */
export function createAddPlace(map, on) {
  const button = byId('add-place')
  const dialog = /** @type {HTMLDialogElement} */ (byId('place-form'))
  let is_adding = false

  /** @param {boolean} value */
  function setAdding(value) {
    is_adding = value
    button.setAttribute('aria-pressed', String(value))
    byId('stage').classList.toggle('adding', value)
    byId('add-hint').hidden = !value
    if (value) {
      map.closePopup()
      byId('map').focus()
    }
  }

  button.addEventListener('click', () => setAdding(!is_adding))
  byId('map').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (is_adding && event.key === 'Enter') open(...map.centre())
    if (is_adding && event.key === 'Escape') setAdding(false)
  })

  /** @param {number} lon @param {number} lat */
  function open(lon, lat) {
    setAdding(false)
    const field = (/** @type {string} */ name, /** @type {any} */ control, /** @type {boolean} */ has_hint = false) => el('label', {}, el('span', {}, t(`place.form.${name}`)), control, has_hint && el('small', {}, t(`place.form.${name}.hint`)))
    const number = (/** @type {string} */ name, /** @type {number} */ value, /** @type {number} */ limit) => field(name, el('input', { name, type: 'number', step: 'any', min: -limit, max: limit, required: true, value: value.toFixed(5), dir: 'ltr' }))
    const problem = el('p', { class: 'problem', role: 'alert', hidden: true })
    const form = el('form', { submit: (/** @type {Event} */ event) => { event.preventDefault(); send(form, problem) } },
      el('h2', {}, t('place.form.title')),
      field('name', el('input', { name: 'name', required: true, maxlength: 120, dir: 'auto', autocomplete: 'off' }), true),
      field('names', el('textarea', { name: 'names', rows: 2, dir: 'auto' }), true),
      field('kind', el('select', { name: 'kind' }, ...Object.keys(KINDS).map((kind) => el('option', { value: kind }, t(`place.kind.${kind}`))))),
      el('div', { class: 'days' }, number('lon', lon, 180), number('lat', lat, 90)),
      field('note', el('input', { name: 'note', maxlength: 400, dir: 'auto', autocomplete: 'off' }), true),
      problem,
      el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, t('place.form.save')), el('button', { type: 'button', click: () => dialog.close() }, t('cancel'))),
    )
    dialog.replaceChildren(form)
    dialog.showModal()
    form.elements.namedItem('name').focus()
  }

  /** @param {HTMLFormElement} form @param {HTMLElement} problem */
  async function send(form, problem) {
    const save = /** @type {HTMLButtonElement} */ (form.querySelector('[type=submit]'))
    save.disabled = true
    try {
      const { changed } = await addPlace(featureOf(new FormData(form)))
      dialog.close()
      await refresh(t('place.added', { name: String(new FormData(form).get('name')) }), changed)
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message || t('problem.offline')
      problem.hidden = false
      save.disabled = false
    }
  }

  /** @param {string} done @param {import('./api.js').Changed} changed */
  async function refresh(done, changed) {
    await Promise.all([on.changed(), drawOwn()])
    on.say(`${done} ${whatChanged(changed)}`)
  }

  async function drawOwn() {
    const own = (await places().catch(() => ({ features: [] }))).features
    const section = byId('places')
    section.hidden = own.length === 0
    section.replaceChildren(el('summary', {}, el('h2', {}, t('places')), el('span', { class: 'count' }, String(own.length))), el('ul', { class: 'plain' }, ...own.map(({ id, geometry, properties }) => el('li', {},
      el('button', { type: 'button', class: 'link', click: () => geometry?.type === 'Point' && map.show(geometry.coordinates[0], geometry.coordinates[1]) }, bdi(properties.name)),
      el('span', { class: 'aside' }, ' ', country(properties.country)),
      el('button', { type: 'button', class: 'remove', 'aria-label': t('place.remove.label', { name: properties.name }), click: () => remove(id, properties) }, t('place.remove')),
    ))))
  }

  /** @param {string} id @param {{name: string, version: string}} properties */
  async function remove(id, { name, version }) {
    try {
      const { changed } = await removePlace(id, version)
      await refresh(t('place.removed', { name }), changed)
    } catch (error) {
      on.say(/** @type {Error} */ (error).message || t('problem.offline'))
    }
  }

  return { drawOwn, clicked: (/** @type {number} */ lon, /** @type {number} */ lat) => is_adding && open(lon, lat) }
}

/** The GeoJSON of what was typed. @param {FormData} data */
function featureOf(data) {
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim()
  const named = (/** @type {string} */ name) => ({ name, ...(ARABIC.test(name) ? { lang: 'ar' } : {}) })
  const names = text('names').split('\n').map((name) => name.trim()).filter(Boolean)
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [Number(data.get('lon')), Number(data.get('lat'))] },
    properties: { name: text('name'), names: [text('name'), ...names].map(named), feature: /** @type {Record<string, string>} */ (KINDS)[text('kind')], ...(text('note') ? { note: text('note') } : {}) },
  }
}

/** @param {import('./api.js').Changed} changed */
function whatChanged(changed) {
  const parts = Object.entries(changed ?? {}).filter(([key, n]) => n > 0 && key !== 'reports_read').map(([key, n]) => t(`changed.${key}`, { n }))
  return parts.length > 0 ? parts.join(t('comma')) : t('changed.nothing')
}
