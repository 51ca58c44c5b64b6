// What every test of the page starts from: a server, an opened page, and the answer that it should be showing.
const { test: base, expect } = require('../../web/node_modules/@playwright/test')

const test = base.extend({
  /** The server, which runner.rs has started on the example reports and those of reports/. */
  baseURL: async ({}, use) => {
    if (!process.env.DALIL_URL) throw new Error('DALIL_URL names no server; `cargo test --test browser` starts one')
    await use(process.env.DALIL_URL)
  },

  /** Opens the page and waits until it shows something; fails the test on errors and on requests to other servers. */
  open: async ({ page, baseURL }, use) => {
    const wrong = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
    page.on('request', (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(baseURL) || wrong.push(`asked ${request.url()}`))
    await use(async (query = '') => {
      await page.goto(`${baseURL}/${query}`)
      await page.waitForSelector('html[data-ready]')
    })
    expect(wrong).toEqual([])
  },

  /** All incidents that the server holds, with the group the page must put each in. */
  incidents: async ({ request, baseURL }, use) => {
    const answer = await request.get(`${baseURL}/api/collections/incidents/items?granularity=incident,aggregate,background&limit=10000`)
    await use((await answer.json()).features.map((feature) => ({ ...feature, group: groupOf(feature) })))
  },
})

/** The rule of the design: totals, denials and threats are no points, and no place is no point either. */
function groupOf({ geometry, properties: { granularity, status } }) {
  if (granularity !== 'incident') return granularity
  if (!['asserted', 'claimed'].includes(status)) return 'not_happened'
  return geometry ? 'drawn' : 'unlocated'
}

/** The places at which an incident is drawn, the main one first. */
function placesOf({ properties }) {
  return [properties, ...properties.other_places.filter(({ lat }) => lat !== null)]
}

/** How many marks some drawn incidents have. */
function marksOf(incidents) {
  return incidents.flatMap(placesOf).length
}

/** The row of an incident in the list. */
function rowOf(page, id) {
  return page.locator(`#list [data-id="${id}"]`)
}

module.exports = { test, expect, marksOf, placesOf, rowOf }
