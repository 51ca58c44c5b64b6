// Lines as Google's polyline letters, which are small and quick to read.

/** Steps of the grid, x and y in turn. @param {string} letters @returns {Float64Array} */
export function steps(letters) {
  // A coordinate has a letter or more.
  const found = new Float64Array(letters.length)
  let count = 0
  for (let at = 0, x = 0, y = 0; at < letters.length; count++) {
    let [value, shift, bits] = [0, 0, 0]
    do {
      bits = letters.charCodeAt(at++) - 63
      value |= (bits & 31) << shift
      shift += 5
    } while (bits >= 32)
    const moved = value & 1 ? ~(value >> 1) : value >> 1
    found[count] = count % 2 === 0 ? (x += moved) : (y += moved)
  }
  return found.subarray(0, count)
}
