import type { Curve } from './curve.ts'
import { exponential } from './distributions.ts'
import type { Rng } from './rng.ts'

/**
 * Arrival times of the Poisson process with the given curve, in order, by exact inversion: the n-th arrival is where the
 * integral Λ(t) = ∫λ reaches Eₙ, the sum of n exponentials of mean 1.
 */
export function* arrivals(rng: Rng, curve: Curve): Generator<number> {
  let reached = 0
  let wanted = exponential(rng)
  for (const { fromMs, toMs, arrivalsPerMs } of curve) {
    const atEnd = reached + (toMs - fromMs) * arrivalsPerMs
    while (wanted <= atEnd) {
      yield fromMs + (wanted - reached) / arrivalsPerMs
      wanted += exponential(rng)
    }
    reached = atEnd
  }
}
