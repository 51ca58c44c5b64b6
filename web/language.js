// Which language the page speaks, and which way it runs.

export const LANGS = /** @type {const} */ (['ar', 'fr', 'en'])

/** The language to begin with: the one asked for, else the first of the browser's that we speak. @param {string} asked */
export function choose(asked) {
  const wanted = [asked, ...navigator.languages].map((tag) => tag.slice(0, 2))
  return wanted.find((code) => LANGS.some((known) => known === code)) ?? 'en'
}

/** @param {string} lang */
export function dirOf(lang) {
  return lang === 'ar' ? 'rtl' : 'ltr'
}
