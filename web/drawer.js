// A sheet beside the map that leaves the map free: for the gazetteer and whatever else needs both. Only one is open at a time.
import { byId, el } from './dom.js'
import { t } from './i18n.js'

/** @type {{close: () => void} | null} */
let opened = null

/**
 * @param {string} title
 * @param {Node[]} content
 * @param {() => void} [closed]
 * @returns {{close: () => void}}
 */
export function openDrawer(title, content, closed) {
  opened?.close()
  const drawer = byId('drawer')
  const came_from = /** @type {HTMLElement | null} */ (document.activeElement)
  const mine = { close: () => {
    if (opened !== mine) return
    opened = null
    const had_focus = drawer.contains(document.activeElement)
    drawer.hidden = true
    drawer.replaceChildren()
    closed?.()
    if (had_focus && came_from?.isConnected) came_from.focus()
  } }
  opened = mine
  const heading = el('h2', { id: 'drawer-title', tabindex: -1 }, title)
  drawer.replaceChildren(el('header', {}, heading, el('button', { type: 'button', class: 'close', 'aria-label': t('close'), click: mine.close }, '×')), ...content)
  drawer.setAttribute('aria-labelledby', 'drawer-title')
  drawer.hidden = false
  heading.focus({ preventScroll: true })
  return mine
}

/** Closes what is open; its words may be in another language by now. */
export function closeDrawer() {
  opened?.close()
}

/** Lets Escape close it, as it does windows. */
export function setUpDrawer() {
  byId('drawer').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    closeDrawer()
  })
}
