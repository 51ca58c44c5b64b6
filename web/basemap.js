// Land and borders of the base map as GeoJSON that Leaflet can draw.
import { feature, mesh } from 'topojson-client'

/** @param {any} atlas the TopoJSON written by build.mjs */
export function unpack(atlas) {
  const land = /** @type {any} */ (feature(atlas, atlas.objects.land))
  const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b)
  for (const { geometry } of land.features ?? [land]) for (const polygon of geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) polygon.forEach(unroll)
  return { land, borders }
}

/** Outlines of countries by their two letters. @param {any} atlas @returns {Map<string, any>} */
export function countries(atlas) {
  // Natural Earth has numbers where the server has letters; the browser knows both.
  const letters = (/** @type {string} */ number) => new Intl.Locale(`und-${number}`).region ?? number
  return new Map(atlas.objects.countries.geometries.filter((/** @type {any} */ { id }) => id).map((/** @type {any} */ country) => [letters(country.id), feature(atlas, country)]))
}

/** Lets a ring that crosses the 180th meridian run on beyond it, instead of drawing a line around the world. @param {number[][]} ring */
function unroll(ring) {
  for (let i = 1; i < ring.length; i++) {
    const turn = Math.round((ring[i - 1][0] - ring[i][0]) / 360) * 360
    if (turn !== 0) ring[i] = [ring[i][0] + turn, ring[i][1]]
  }
}
