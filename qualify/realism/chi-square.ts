import { normalCdf } from '../../generators/distributions.ts'

/** What is counted in one class, and what is expected of it. */
export interface Class {
  readonly observed: number
  readonly expected: number
}

/** Classes of fewer are joined with their neighbour: below this the distribution is not what it is taken for. */
const leastExpected = 5

/**
 * The chance that counts lie as far from what is expected as these. `fixed`: how many numbers of the expectation come from the
 * counts themselves (their sum, for instance). X² = Σ (O − E)² / E with k degrees of freedom; by Wilson and Hilferty (1931)
 * (X² / k)^(1/3) is normal of mean 1 − 2/(9k) and variance 2/(9k).
 */
export const chiSquareP = (classes: readonly Class[], fixed = 1): number => {
  const joined = joinedClasses(classes)
  const freedom = joined.length - fixed
  if (freedom < 1) return 1
  const distance = joined.reduce((sum, { observed, expected }) => sum + (observed - expected) ** 2 / expected, 0)
  const variance = 2 / (9 * freedom)
  return 1 - normalCdf((Math.cbrt(distance / freedom) - (1 - variance)) / Math.sqrt(variance))
}

const joinedClasses = (classes: readonly Class[]): readonly Class[] => {
  const joined: Class[] = []
  for (const { observed, expected } of classes) {
    const last = joined.at(-1)
    if (!last || last.expected >= leastExpected) joined.push({ observed, expected })
    else joined[joined.length - 1] = { observed: last.observed + observed, expected: last.expected + expected }
  }
  const last = joined.at(-1)
  const before = joined.at(-2)
  if (!last || !before || last.expected >= leastExpected) return joined
  const tail = { observed: before.observed + last.observed, expected: before.expected + last.expected }
  return [...joined.slice(0, -2), tail]
}
