// Filters kept under a name in this browser, so that a question of every morning is one press.
import { byId, el } from './dom.js'
import { t } from './i18n.js'
import { filtersText, setFilters } from './state.js'

const KEY = 'dalil-views'

/** @typedef {{name: string, query: string}} View */

/** Builds the box of views. @param {(text: string) => void} say */
export function buildViews(say) {
  const box = byId('views')
  const name = el('input', { name: 'name', required: true, maxlength: 60, dir: 'auto', autocomplete: 'off', placeholder: t('view.name'), 'aria-label': t('view.name') })
  const keep = (/** @type {Event} */ event) => {
    event.preventDefault()
    const wanted = name.value.trim()
    if (!wanted) return
    // The same name again is the same view, changed.
    const views = [...stored().filter((view) => view.name !== wanted), { name: wanted, query: filtersText() }]
    say(store(views) ? t('view.kept', { name: wanted }) : t('view.refused'))
    buildViews(say)
  }
  const views = stored()
  box.replaceChildren(
    el('summary', {}, t('views'), views.length > 0 && el('span', { class: 'count' }, ` ${views.length}`)),
    el('ul', { class: 'plain' }, ...views.map(({ name, query }) => el('li', {},
      el('button', { type: 'button', class: 'link', dir: 'auto', click: () => setFilters(`?${query}`) }, name),
      el('button', { type: 'button', class: 'remove', 'aria-label': t('view.remove', { name }), click: () => { store(stored().filter((view) => view.name !== name)); buildViews(say) } }, '×'),
    ))),
    el('form', { submit: keep }, name, el('button', { type: 'submit' }, t('view.keep'))),
  )
}

/** @returns {View[]} */
function stored() {
  try {
    const views = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(views) ? views.filter((view) => typeof view?.name === 'string' && typeof view?.query === 'string') : []
  } catch {
    return []
  }
}

/** @param {View[]} views @returns {boolean} whether the browser keeps them */
function store(views) {
  try {
    localStorage.setItem(KEY, JSON.stringify(views))
    return true
  } catch {
    return false
  }
}
