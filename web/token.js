// The token that changes are made with, where the server asks for one: kept for this tab alone, sent with changes alone.
import { bearer, onTokenWanted, writeWith } from './api.js'
import { bdi, byId, el } from './dom.js'
import { t } from './i18n.js'

const KEY = 'dalil-token'

/** A browser that keeps nothing is no reason to refuse. @param {() => any} use */
function kept(use) {
  try {
    return use()
  } catch {
    return null
  }
}

/** Asks for tokens, shows under whose name the page writes; gives what turns it to another language. */
export function createToken() {
  const dialog = el('dialog', { id: 'token-form', 'aria-labelledby': 'token-title' })
  const badge = el('div', { id: 'bearer', role: 'group', hidden: true })
  document.body.append(dialog)
  byId('top').append(badge)
  let name = /** @type {string | null} */ (null)
  let pending = /** @type {Promise<string | null> | null} */ (null)

  onTokenWanted((detail) => (pending ??= ask(detail).finally(() => (pending = null))))

  /** @param {string} token @param {string | null} known the name that the server has for it */
  function use(token, known) {
    writeWith(token)
    kept(() => (token ? sessionStorage.setItem(KEY, token) : sessionStorage.removeItem(KEY)))
    name = known
    draw()
  }

  function draw() {
    badge.hidden = name === null
    badge.setAttribute('aria-label', t('token.title'))
    badge.replaceChildren(...(name === null ? [] : [el('span', {}, t('token.writes'), ' ', bdi(name)), el('button', { type: 'button', class: 'link', click: leave }, t('token.leave'))]))
  }

  function leave() {
    use('', null)
    byId('ui').focus()
  }

  /** @param {string} detail what the server said @returns {Promise<string | null>} */
  function ask(detail) {
    const back = /** @type {HTMLElement | null} */ (document.activeElement)
    return new Promise((resolve) => {
      let given = /** @type {string | null} */ (null)
      const input = el('input', { name: 'token', type: 'password', dir: 'ltr', autocomplete: 'off', spellcheck: 'false', required: true, 'aria-describedby': 'token-problem' })
      const problem = el('p', { id: 'token-problem', class: 'problem', role: 'alert' }, bdi(detail))
      const send = async (/** @type {Event} */ event) => {
        event.preventDefault()
        const token = input.value.trim()
        const known = await bearer(token).catch((/** @type {Error} */ error) => error)
        if (known instanceof Error) return problem.replaceChildren(bdi(known.message || t('problem.offline'))), input.select()
        given = token
        use(token, known ?? '')
        dialog.close()
      }
      dialog.replaceChildren(el('form', { submit: send },
        el('h2', { id: 'token-title' }, t('token.title')),
        el('p', {}, t('token.why')),
        el('label', {}, el('span', {}, t('token.field')), input),
        problem,
        el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, t('token.use')), el('button', { type: 'button', click: () => dialog.close() }, t('cancel'))),
      ))
      dialog.addEventListener('close', () => {
        input.value = ''
        back?.focus()
        resolve(given)
      }, { once: true })
      dialog.showModal()
      input.focus()
    })
  }

  const token = kept(() => sessionStorage.getItem(KEY))
  // One that is not known any more is forgotten; the next change asks anew.
  if (token) bearer(token).then((known) => use(token, known ?? ''), () => use('', null))
  return { relabel: draw }
}
