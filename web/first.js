// Runs before anything is painted: the page lies the right way round from the start, and does not turn before the reader's eyes.
import { choose, dirOf } from './language.js'

const root = document.documentElement
root.lang = choose(new URLSearchParams(location.search).get('ui') ?? '')
root.dir = dirOf(root.lang)
