import type { GateResult } from '../../model/run-record.ts'

/** What happens less often than once in so many times is no chance. */
const rarity = 20

/**
 * Whether a share that broke its gate may have done so by chance, since few were counted: of n, as many beyond the limit as were
 * seen, or more, come with a probability of at least 1/20 when the share is just at its limit (binomial). A time or a number may not.
 */
export const isChance = ({ unit, samples, observed, limit }: GateResult): boolean => {
  if (unit !== 'ratio' || observed === null) return false
  const isTooMany = observed > limit
  const count = Math.round((isTooMany ? observed : 1 - observed) * samples)
  return atLeast(count, samples, isTooMany ? limit : 1 - limit) >= 1 / rarity
}

/** P(X ≥ k) for X of Binomial(n, p): 1 − Σ of the terms below k, each from the one before it, as logarithms: the first is too small for a number. */
const atLeast = (k: number, n: number, p: number): number => {
  if (p === 0) return k === 0 ? 1 : 0
  let logTerm = n * Math.log1p(-p)
  let below = 0
  for (let i = 0; i < k; i++) {
    below += Math.exp(logTerm)
    logTerm += Math.log(((n - i) / (i + 1)) * (p / (1 - p)))
  }
  return 1 - below
}
