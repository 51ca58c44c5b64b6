// What the server has found: the first part of each group of the list, and further parts as the reader goes on.
import * as api from './api.js'
import { GROUPS, groupOf } from './layers.js'

/** @typedef {import('./api.js').Incident} Incident */
/** @typedef {import('./layers.js').Group} Group */
/** The last part of each group. @type {Map<Group, import('./api.js').Collection>} */
let parts = new Map()
/** Incidents by the group in which they belong. @type {Map<Group, Incident[]>} */
let members = new Map()
/** How many the server has that were not sent, by group. @type {Map<Group, number>} */
let rest = new Map()
/** How many reports tell each event. @type {Map<string, number>} */
let told = new Map()

/** Asks for the first parts; what comes is shown only when `keep` is called, since a newer question may have come meanwhile. */
export async function look() {
  const answers = await Promise.all(GROUPS.map((group) => api.incidents(group)))
  const counts = await countsOf(answers.flatMap(({ features }) => features))
  return {
    keep() {
      parts = new Map(GROUPS.map((group, i) => [group, answers[i]]))
      members = new Map(GROUPS.map((group) => [group, []]))
      rest = new Map(GROUPS.map((group, i) => [group, answers[i].numberMatched - answers[i].features.length]))
      told = counts
      // Whatever was asked for, an incident is shown as what it says it is.
      for (const incident of answers.flatMap(({ features }) => features)) members.get(groupOf(incident))?.push(incident)
      return { drawn: answers[0].features.filter((incident) => groupOf(incident) === 'drawn'), matched: answers[0].numberMatched }
    },
  }
}

/** The next part of a group; gives what came. @param {Group} group @returns {Promise<Incident[]>} */
export async function more(group) {
  const before = parts.get(group)
  const answer = before && (await api.next(before))
  if (!answer || parts.get(group) !== before) return []
  parts.set(group, answer)
  for (const [id, count] of await countsOf(answer.features)) told.set(id, count)
  rest.set(group, Math.max(0, (rest.get(group) ?? 0) - answer.features.length))
  members.get(group)?.push(...answer.features)
  return answer.features
}

/** What is here of a group. @param {Group} group */
export function membersOf(group) {
  return members.get(group) ?? []
}

/** How many more the server has. @param {Group} group */
export function restOf(group) {
  return rest.get(group) ?? 0
}

/** How many there are of a group, here and on the server. @param {Group} group */
export function countOf(group) {
  return membersOf(group).length + restOf(group)
}

/** @param {string} id @returns {Incident | undefined} */
export function incident(id) {
  for (const group of members.values()) for (const each of group) if (each.id === id) return each
}

/** Asks how many reports tell of an incident that is not in the list. @param {Incident} incident */
export async function count({ properties: { cluster_id } }) {
  if (cluster_id && !told.has(cluster_id)) for (const [cluster, count] of await api.tellingsOf([cluster_id]).catch(() => [])) told.set(cluster, count)
}

/** How many reports tell of the event of an incident. @param {Incident} incident */
export function tellersOf({ properties: { cluster_id } }) {
  return told.get(cluster_id ?? '') ?? 1
}

/** @param {Incident[]} incidents */
function countsOf(incidents) {
  return api.tellingsOf([...new Set(incidents.flatMap(({ properties: { cluster_id } }) => cluster_id ?? []))])
}
