/**
 * The first dotted number of a program's version output: `k6 v2.2.0 (go1.26…)` → [2, 2, 0].
 * @param {string} text
 * @returns {readonly number[] | undefined} undefined when there is none
 */
export function parseVersion(text) {
  return /\d+(?:\.\d+)+/.exec(text)?.[0].split('.').map(Number)
}

/**
 * Whether `version` is `floor` or newer; missing parts count as 0.
 * @param {readonly number[]} version
 * @param {readonly number[]} floor
 */
export function isAtLeast(version, floor) {
  const differing = floor.findIndex((part, index) => (version[index] ?? 0) !== part)
  return differing === -1 || (version[differing] ?? 0) > (floor[differing] ?? 0)
}
