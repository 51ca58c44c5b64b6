// The base map: land, lakes and rivers where they are, painted with their colours.
const { buildSync } = require('../../web/node_modules/esbuild')
const { readFileSync } = require('node:fs')
const { test, expect } = require('./page.js')

/** What build.mjs wrote, read as the page reads it; without a canvas a path is its points. */
function ground(info) {
  const out = info.outputPath('ground.cjs')
  buildSync({ entryPoints: [require.resolve('../../web/ground.js')], bundle: true, format: 'cjs', outfile: out, logLevel: 'error' })
  const code = require(out)
  return { ...code, ground: code.unpack(JSON.parse(readFileSync(require.resolve('../../web/dist/basemap.json'), 'utf8'))) }
}

const world = ([lon, lat]) => [lon / 360 + 0.5, 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)]

/** Kilometres at the equator from a point to the nearest point of some lines. */
function near(lines, at) {
  const [x, y] = world(at)
  let least = Infinity
  for (const { points } of lines) for (let i = 0; i < points.length; i += 2) least = Math.min(least, Math.hypot(points[i] - x, points[i + 1] - y))
  return least * 40_075
}

function inside(lines, at) {
  const [x, y] = world(at)
  let is_inside = false
  for (const { points } of lines) {
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      if (points[i + 1] > y !== points[j + 1] > y && x < ((points[j] - points[i]) * (y - points[i + 1])) / (points[j + 1] - points[i + 1]) + points[i]) is_inside = !is_inside
    }
  }
  return is_inside
}

test('rivers pass the towns that lie on them, on every continent, and lakes lie where they lie', ({}, info) => {
  const { ground: { land, rivers, lakes } } = ground(info)
  const towns = { 'Gao on the Niger': [-0.04, 16.27], 'Baghdad on the Tigris': [44.37, 33.34], 'Deir ez-Zor on the Euphrates': [40.14, 35.33], 'Khartoum on the Nile': [32.53, 15.62], 'Kinshasa on the Congo': [15.3, -4.3], 'Vienna on the Danube': [16.4, 48.22], 'Yakutsk on the Lena': [129.75, 62.03], 'Manaus on the Amazon': [-60, -3.14], 'Memphis on the Mississippi': [-90.07, 35.14], 'Mildura on the Murray': [142.15, -34.18] }
  for (const [what, at] of Object.entries(towns)) expect(near(rivers, at), what).toBeLessThan(20)
  expect(near(rivers, [5, 25]), 'the middle of the Sahara').toBeGreaterThan(300)
  for (const at of [[33, -1], [29.5, -6], [108, 53.5], [-87, 43.5]]) expect(inside(lakes, at), `a lake at ${at}`).toBe(true)
  for (const at of [[32.5, 15.6], [36.28, 33.51]]) expect([inside(land, at), inside(lakes, at)], `dry land at ${at}`).toEqual([true, false])
  expect(inside(land, [0, 0])).toBe(false)
})

test('what is beyond the edges of the canvas is left out, and what is in view stays as it is', ({}, info) => {
  const out = info.outputPath('ground.cjs')
  buildSync({ entryPoints: [require.resolve('../../web/ground.js')], bundle: true, format: 'cjs', outfile: out, logLevel: 'error' })
  const shown = (line) => {
    const kept = []
    globalThis.Path2D = class { moveTo(x, y) { kept.push([x, y]) } lineTo(x, y) { kept.push([x, y]) } }
    const points = Float64Array.from(line.flatMap(([x, y]) => [x / 1000, y / 1000]))
    require(out).path([{ points, west: -0.06, east: 0.17, north: -0.07, south: 0.06 }], { side: 1000, dx: 0, dy: 0, x: 0, y: 0, width: 100, height: 100 })
    delete globalThis.Path2D
    return kept.map((point) => point.map(Math.round))
  }
  // Around the view from the left over the top and the right.
  expect(shown([[-50, 50], [-60, 40], [-60, -60], [-50, -70], [50, -60], [160, -60], [170, 50], [50, 50]])).toEqual([[-50, 50], [-50, -70], [50, -60], [160, -60], [170, 50], [50, 50]])
  // From beyond a corner along one edge, then across the corner to the other.
  const across = [[-60, -60], [-60, 60], [60, -60], [50, 50]]
  expect(shown(across)).toEqual(across)
})

for (const colorScheme of ['light', 'dark']) {
  test(`land, lakes and sea are painted with their colours, ${colorScheme}`, async ({ open, page }) => {
    await page.emulateMedia({ colorScheme })
    for (const [where, name] of [['7/33/-1.6', '--sea'], ['7/25/23', '--land'], ['7/-30/0', null]]) {
      await open(`?map=${where}`)
      const [seen, wanted] = await page.evaluate((name) => {
        const box = document.getElementById('map').getBoundingClientRect()
        const canvas = document.querySelector('.leaflet-base-pane canvas')
        const own = canvas.getBoundingClientRect()
        const fine = canvas.width / own.width
        const pixel = canvas.getContext('2d').getImageData((box.left + box.width / 2 - own.left) * fine, (box.top + box.height / 2 - own.top) * fine, 1, 1).data
        const probe = document.body.appendChild(Object.assign(document.createElement('i'), { style: `color: var(${name})` }))
        const { color } = getComputedStyle(probe)
        probe.remove()
        return [pixel[3] === 0 ? 'nothing' : `rgb(${[...pixel.slice(0, 3)].join(', ')})`, color]
      }, name)
      expect(seen, where).toBe(name ? wanted : 'nothing')
    }
  })
}
