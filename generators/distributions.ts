import type { Rng } from './rng.ts'

/** Exponential with mean 1, by inversion of a uniform number in [0, 1). */
export const exponentialOf = (uniform: number): number => -Math.log(1 - uniform)

/** Standard normal of two uniform numbers in [0, 1), Box–Muller. */
export const normalOf = (uniform: number, other: number): number =>
  Math.sqrt(2 * exponentialOf(uniform)) * Math.cos(2 * Math.PI * other)

export const exponential = (rng: Rng): number => exponentialOf(rng.float())
export const normal = (rng: Rng): number => normalOf(rng.float(), rng.float())

/** Gamma with the given shape ≥ 1 and scale 1: Marsaglia, Tsang, "A simple method for generating gamma variables", 2000. */
export const gamma = (rng: Rng, shape: number): number => {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(rng)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - rng.float()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** Beta with both parameters ≥ 1. */
export const beta = (rng: Rng, alpha: number, betaShape: number): number => {
  const left = gamma(rng, alpha)
  return left / (left + gamma(rng, betaShape))
}

/** A choice among weighted values; O(log n) a draw. Weights need not add up to 1. */
export class Weighted<T> {
  readonly #values: readonly T[]
  readonly #upTo: readonly number[]

  constructor(entries: readonly (readonly [T, number])[]) {
    let sum = 0
    this.#values = entries.map(([value]) => value)
    this.#upTo = entries.map(([, weight]) => (sum += weight))
  }

  draw(rng: Rng): T {
    const at = rng.float() * (this.#upTo.at(-1) ?? 0)
    let low = 0
    let high = this.#upTo.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#upTo[middle] ?? 0) > at) high = middle
      else low = middle + 1
    }
    const value = this.#values[low]
    if (value === undefined) throw new RangeError('expected at least one weighted value, got none')
    return value
  }
}

/** Φ(z), the chance that a standard normal is at most z; Abramowitz and Stegun 26.2.17 (error below 7.5e-8). */
export const normalCdf = (z: number): number => {
  if (z < 0) return 1 - normalCdf(-z)
  const t = 1 / (1 + 0.231_641_9 * z)
  const series =
    t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series
}
