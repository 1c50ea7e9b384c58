import { normalOf } from '../distributions.ts'
import { rowDraws } from '../row-draws.ts'
import { rowUniform } from '../row-uniform.ts'

/** What an episode draws once, two numbers each. */
const names = [
  'colour',
  'arrivalMode',
  'department',
  'leaves',
  'ending',
  'triage',
  'wait',
  'patience',
  'stay',
  'closing',
  'services',
  'images',
  'imaged',
  'receiver',
  'journey',
  'secondStay',
  'problem',
  'sender',
] as const
type Name = (typeof names)[number]

/** The random numbers of an episode: each is a function of the episode's seed and of what it is for. */
export class EpisodeDraws {
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  /** In [0, 1). */
  uniform(name: Name): number {
    return this.#at(2 * names.indexOf(name))
  }

  /** Standard normal. */
  normal(name: Name): number {
    return normalOf(this.uniform(name), this.#at(2 * names.indexOf(name) + 1))
  }

  /** Log-normal, in ms. */
  logNormalMs(
    { medianMinutes, sigma }: { readonly medianMinutes: number; readonly sigma: number },
    name: Name,
  ): number {
    return medianMinutes * 60_000 * Math.exp(sigma * this.normal(name))
  }

  /** 1 + Poisson(mean − 1), by inversion: e^−λ is the chance of 0, and each further one is λ / n times the one before. */
  poissonAbove1(mean: number): number {
    const lambda = Math.max(0, mean - 1)
    const wanted = this.uniform('services')
    let chance = Math.exp(-lambda)
    let reached = chance
    let count = 0
    // Below its mean a number may be as unlikely as in the tail.
    while (reached < wanted && (count < lambda || chance > 1e-12)) {
      count += 1
      chance *= lambda / count
      reached += chance
    }
    return 1 + count
  }

  /** So many numbers in [0, 1), ascending. */
  sorted(count: number): readonly number[] {
    return Array.from({ length: count }, (_, index) => this.#at(2 * names.length + index)).sort((a, b) => a - b)
  }

  #at(n: number): number {
    return rowUniform(this.#seed, rowDraws.episode + n)
  }
}
