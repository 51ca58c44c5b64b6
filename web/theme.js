// Light or dark: as the system says or as the reader chooses; and the colours of the style sheet for canvases, which know none.
const KEY = 'dalil-theme'
const DARK = matchMedia('(prefers-color-scheme: dark)')
export const THEMES = /** @type {const} */ (['system', 'light', 'dark'])

/** What takes a colour of the style sheet on, so that it can be read. */
const probe = document.body.appendChild(document.createElement('span'))
probe.hidden = true
/** @type {Map<string, string>} */
const colours = new Map()
/** @type {(() => void)[]} */
const listeners = []

/** @param {() => void} listener hears when the colours have changed */
export function onTheme(listener) {
  listeners.push(listener)
}

/** What the reader has chosen. */
export function theme() {
  const kept = stored()
  return THEMES.find((known) => known === kept) ?? 'system'
}

/** @param {string} chosen */
export function setTheme(chosen) {
  try {
    localStorage.setItem(KEY, chosen)
  } catch {
    // A browser that keeps nothing shows it for this visit.
  }
  show(chosen)
}

/** @param {string} chosen */
function show(chosen) {
  document.documentElement.dataset.theme = chosen
  colours.clear()
  for (const listener of listeners) listener()
}

/** A colour of style.css. @param {string} name */
export function colourOf(name) {
  let colour = colours.get(name)
  if (colour === undefined) {
    colour = colourOn(probe, name)
    colours.set(name, colour)
  }
  return colour
}

/** A colour of style.css as it is on an element, which may have a scheme of its own. @param {HTMLElement} element @param {string} name */
export function colourOn(element, name) {
  element.style.color = `var(${name})`
  return getComputedStyle(element).color
}

function stored() {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

DARK.addEventListener('change', () => show(theme()))
show(theme())
