/** Finalizer of the 32-bit integer hash `lowbias32` (Ettinger, Wellons 2018). */
const mix = (value: number): number => {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

/**
 * The n-th uniform number in [0, 1) of a row: 32 bits, by hashing (seed, n). In a k6 actor a block of the planner's
 * generator costs as much as a request; this costs a hundredth.
 */
export const rowUniform = (rowSeed: number, n: number): number =>
  mix(mix(rowSeed) + Math.imul(n + 1, 0x9e3779b9)) / 0x100000000
