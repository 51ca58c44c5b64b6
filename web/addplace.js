// A place of one's own: by a click on the map or pasted coordinates, a name, and the reports that mention it are read again.
import * as api from './api.js'
import { whatChanged, preview } from './changed.js'
import { parse } from './coordinates.js'
import { bdi, byId, el } from './dom.js'
import { country, distance, language, t } from './i18n.js'

/** GeoNames feature codes for the kinds that a reader tells apart. */
const KINDS = { village: 'PPL', town: 'PPL', city: 'PPLA', quarter: 'PPLX', camp: 'CMPRF', region: 'RGN', water: 'H', mountain: 'MT', other: 'LCTY' }
const ARABIC = /\p{Script=Arabic}/u
/** Farther than this nothing belongs to a place. */
const PARENT_WITHIN_M = 30_000
/** After the last letter; every look reads reports again. */
const PAUSE_MS = 500

/** @typedef {{name?: string, added?: (place: import('./api.js').Feature, change: number | undefined) => Promise<unknown>}} Given what is known before the form opens, and what comes after it */

/**
 * @param {import('./map.js').MapView} map
 * @param {{changed: () => Promise<unknown>, say: (text: string, undo?: () => unknown) => void, undo: (changes: (number | undefined)[]) => unknown}} on
 */
export function createAddPlace(map, on) {
  const button = byId('add-place')
  const dialog = /** @type {HTMLDialogElement} */ (byId('place-form'))
  let is_adding = false
  /** @type {Given} */
  let given = {}

  /** @param {boolean} value @param {Given} [known] */
  function setAdding(value, known = {}) {
    is_adding = value
    given = known
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
    if (is_adding && event.key === 'Enter') {
      // Else the same press would also send the form that it opens.
      event.preventDefault()
      open(...map.centre(), given)
    }
    if (is_adding && event.key === 'Escape') setAdding(false)
  })

  /** @param {number} lon @param {number} lat @param {Given} known */
  function open(lon, lat, known) {
    setAdding(false)
    const field = (/** @type {string} */ name, /** @type {any} */ control, /** @type {boolean} */ has_hint = false) => el('label', {}, el('span', {}, t(`place.form.${name}`)), control, has_hint && el('small', {}, t(`place.form.${name}.hint`)))
    const line = (/** @type {string} */ name, /** @type {any} */ more = {}) => el('input', { name, maxlength: 120, dir: 'auto', autocomplete: 'off', ...more })
    const degrees = (/** @type {string} */ name, /** @type {number} */ value, /** @type {number} */ limit) => field(name, el('input', { name, type: 'number', step: 'any', min: -limit, max: limit, required: true, value: value.toFixed(5), dir: 'ltr' }))
    const problem = el('p', { class: 'problem', role: 'alert', hidden: true })
    const answer = el('div', { role: 'status', class: 'answer' })
    const reading = el('small', { role: 'status' }, t('place.form.coordinates.hint'))
    const pasted = el('input', { name: 'coordinates', dir: 'ltr', autocomplete: 'off', input: () => {
      const found = pasted.value.trim() ? parse(pasted.value) : null
      reading.textContent = found ? t(`notation.${found.notation}`) : t(pasted.value.trim() ? 'place.form.coordinates.none' : 'place.form.coordinates.hint')
      pasted.setAttribute('aria-invalid', String(!found && pasted.value.trim() !== ''))
      if (!found) return
      form.elements.namedItem('lon').value = String(found.lon)
      form.elements.namedItem('lat').value = String(found.lat)
      map.fit([[found.lon, found.lat]])
    } })
    const spelt = el('p', { class: 'suggestions', role: 'group', 'aria-label': t('place.form.suggested'), hidden: true })
    const form = el('form', { submit: (/** @type {Event} */ event) => { event.preventDefault(); send(form, problem, known) } },
      el('h2', {}, t('place.form.title')),
      field('name', line('name', { required: true, value: known.name ?? '' }), true),
      field('kind', el('select', { name: 'kind' }, ...Object.keys(KINDS).map((kind) => el('option', { value: kind }, t(`place.kind.${kind}`))))),
      el('label', {}, el('span', {}, t('place.form.coordinates')), pasted, reading),
      el('div', { class: 'days' }, degrees('lon', lon, 180), degrees('lat', lat, 90)),
      answer,
      field('parent', el('select', { name: 'parent' }, el('option', { value: '' }, t('place.form.parent.any')))),
      el('details', {}, el('summary', {}, t('place.form.more')),
        field('name_ar', line('name_ar', { lang: 'ar', dir: 'rtl' })), spelt, field('name_fr', line('name_fr', { lang: 'fr', dir: 'ltr' })), field('name_en', line('name_en', { lang: 'en', dir: 'ltr' })),
        field('source', line('source', { maxlength: 400 }))),
      field('names', el('textarea', { name: 'names', rows: 2, dir: 'auto' }), true),
      field('note', line('note', { maxlength: 400 }), true),
      problem,
      el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, t('place.form.save')), el('button', { type: 'button', click: () => dialog.close() }, t('cancel'))),
    )
    watch(form, answer, spelt, (place) => use(place, form, problem, known))
    dialog.replaceChildren(form)
    dialog.showModal()
    form.elements.namedItem('name').focus()
    if (known.name) form.dispatchEvent(new Event('input'))
  }

  /** @param {HTMLFormElement} form @param {HTMLElement} problem @param {Given} known */
  async function send(form, problem, known) {
    const save = /** @type {HTMLButtonElement} */ (form.querySelector('[type=submit]'))
    save.disabled = true
    form.dataset.sent = 'true'
    try {
      const { place, changed, change } = await api.addPlace(featureOf(new FormData(form)))
      dialog.close()
      const more = await known.added?.(place, change)
      await refresh(t('place.added', { name: String(new FormData(form).get('name')) }), changed, () => on.undo([change, /** @type {number | undefined} */ (more)]))
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message || t('problem.offline')
      problem.hidden = false
      save.disabled = false
      delete form.dataset.sent
    }
  }

  /** The place is known already: it takes the names of the form, and whatever the new one was wanted for. @param {{id: string, name: string}} place @param {HTMLFormElement} form @param {HTMLElement} problem @param {Given} known */
  async function use({ id, name: place }, form, problem, known) {
    const { name, names } = featureOf(new FormData(form)).properties
    form.dataset.sent = 'true'
    try {
      const made = await api.addNames(id, names)
      dialog.close()
      const more = await known.added?.(/** @type {any} */ ({ id }), made?.change)
      await refresh(t(made ? 'place.used' : 'place.used.known', { name, place }), made?.changed, () => on.undo([made?.change, /** @type {number | undefined} */ (more)]))
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message || t('problem.offline')
      problem.hidden = false
      delete form.dataset.sent
    }
  }

  /** @param {string} done @param {import('./api.js').Changed | undefined} changed @param {() => unknown} [undo] */
  async function refresh(done, changed, undo) {
    await Promise.all([on.changed(), drawOwn()])
    on.say(changed ? `${done} ${whatChanged(changed)}` : done, undo)
  }

  async function drawOwn() {
    const own = (await api.places().catch(() => ({ features: [] }))).features
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
      const { changed, change } = await api.removePlace(id, version)
      await refresh(t('place.removed', { name }), changed, () => on.undo([change]))
    } catch (error) {
      on.say(/** @type {Error} */ (error).message || t('problem.offline'))
    }
  }

  return {
    drawOwn,
    clicked: (/** @type {number} */ lon, /** @type {number} */ lat) => is_adding && open(lon, lat, given),
    /** Waits for a click on the map. */
    begin: (/** @type {Given} */ known = {}) => setAdding(true, known),
    /** The form for a point that is known. */
    at: (/** @type {number} */ lon, /** @type {number} */ lat, /** @type {Given} */ known = {}) => open(lon, lat, known),
  }
}

/**
 * Says, while one types, where the place would be, what is there already and what would move.
 * @param {HTMLFormElement} form @param {HTMLElement} answer @param {HTMLElement} spelt @param {(place: {id: string, name: string}) => unknown} use takes a place that is known instead
 */
function watch(form, answer, spelt, use) {
  let timer = 0
  let asked = 0
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(look, PAUSE_MS)
  })
  async function look() {
    const mine = ++asked
    const data = new FormData(form)
    const name = String(data.get('name') ?? '').trim()
    if (!form.isConnected || form.dataset.sent || !form.checkValidity() || name.length < 2) return answer.replaceChildren()
    const tried = await api.tryPlace(featureOf(data)).catch(() => null)
    // Saving says what is wrong; while somebody still types it would only disturb.
    if (mine !== asked || !form.isConnected || !tried) return
    const { properties } = tried.place
    const near = tried.near_duplicates
    answer.replaceChildren(
      el('p', {}, t('place.form.inside'), ' ', ...inside(properties)),
      near.length > 0 ? el('div', { class: 'problem' }, el('p', {}, t('place.form.near', { n: near.length })), el('ul', {}, ...near.slice(0, 4).map(({ id, name, distance_m }) => el('li', {}, bdi(name), ' · ', distance(distance_m), ' ', el('button', { type: 'button', 'aria-label': `${t('place.form.use')}: ${name}`, click: () => use({ id, name }) }, t('place.form.use')))))) : '',
      preview(tried),
    )
    const [lon, lat] = tried.place.geometry.coordinates
    const around = await api.placesAround(lon, lat, language()).catch(() => [])
    if (mine !== asked) return
    offerParents(/** @type {HTMLSelectElement} */ (form.elements.namedItem('parent')), properties.admin1 ?? country(properties.country), around.filter(({ distance_m }) => distance_m <= PARENT_WITHIN_M))
    const latin = [name, data.get('name_en'), data.get('name_fr')].map(String).find((text) => text && !ARABIC.test(text))
    const offered = latin && latin.length > 1 ? await api.spellings(latin, properties.country ?? '').catch(() => []) : []
    if (mine !== asked) return
    spelt.hidden = offered.length === 0
    spelt.replaceChildren(t('place.form.suggested'), ' ', ...offered.flatMap((text) => [el('button', { type: 'button', lang: 'ar', click: () => { /** @type {HTMLInputElement} */ (form.elements.namedItem('name_ar')).value = text } }, text), ' ']))
  }
}

/** What the place may belong to: the unit around it, which needs no saying, or a place nearby. @param {HTMLSelectElement} select @param {string} unit @param {{id: string, name: string, distance_m: number}[]} around */
function offerParents(select, unit, around) {
  const { value } = select
  select.replaceChildren(
    el('option', { value: '' }, unit ? t('place.form.parent.unit', { unit }) : t('place.form.parent.any')),
    ...around.map(({ id, name, distance_m }) => el('option', { value: id }, t('place.form.parent.near', { name, distance: distance(distance_m) }))),
  )
  // What was chosen stays, unless the point has moved away from it.
  select.value = around.some(({ id }) => id === value) ? value : ''
}

/** Unit and country, each in its own direction. @param {{admin1: string | null, country: string | null}} properties @returns {any[]} */
function inside({ admin1, country: code }) {
  const parts = [admin1, country(code)].filter(Boolean).map((part) => bdi(/** @type {string} */ (part)))
  return parts.length > 0 ? parts.flatMap((part, i) => (i === 0 ? [part] : [t('comma'), part])) : [t('place.form.nowhere')]
}

/** The GeoJSON of what was typed. @param {FormData} data */
function featureOf(data) {
  const text = (/** @type {string} */ name) => String(data.get(name) ?? '').trim()
  const named = (/** @type {string} */ name) => ({ name, ...(ARABIC.test(name) ? { lang: 'ar' } : {}) })
  const names = text('names').split('\n').map((name) => name.trim()).filter(Boolean)
  const spoken = ['ar', 'fr', 'en'].map((lang) => ({ name: text(`name_${lang}`), lang })).filter(({ name }) => name)
  const said = Object.fromEntries(['note', 'source', 'parent'].map((key) => [key, text(key)]).filter(([, value]) => value))
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [Number(data.get('lon')), Number(data.get('lat'))] },
    properties: { name: text('name'), names: [...[text('name'), ...names].map(named), ...spoken], feature: /** @type {Record<string, string>} */ (KINDS)[text('kind')], ...said },
  }
}
