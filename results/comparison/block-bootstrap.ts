import type { Rng } from '../../generators/rng.ts'
import type { Measure } from '../../model/comparison.ts'
import { bucketsPerOctave } from '../histogram.ts'
import type { Block } from './step-blocks.ts'

/** One side of a comparison: the blocks of one step, of one run or of several. */
export type Side = readonly Block[]

export interface BootstrapOptions {
  /** Both sides saw the same stretch of time in their blocks of one index: what disturbed one disturbed the other. */
  readonly isPaired: boolean
  readonly resamples: number
  readonly rng: Rng
}

/** The change of one measure: of the logarithm of a latency, or of the ratio of failed requests. */
export interface Change {
  readonly estimate: number
  /** Standard error. */
  readonly error: number
  /** Middle 95 % of the resamples. */
  readonly low: number
  readonly high: number
  readonly before: number
  readonly after: number
}

/** Value of each measure of one side: ln(latency in ms), ln(latency in ms), ratio. */
type Values = Readonly<Record<Measure, number>>

/**
 * Block bootstrap (Künsch 1989, not overlapping): blocks are drawn with replacement, so what hangs together within a block stays
 * together. The spread of the drawn differences is the standard error; √(k/(k-1)) makes up for k blocks standing for all time.
 */
export const blockBootstrap = (
  before: Side,
  after: Side,
  { isPaired, resamples, rng }: BootstrapOptions,
): Readonly<Record<Measure, Change>> => {
  const [left, right] = [new Sums(before), new Sums(after)]
  const whole = { before: left.values(left.once()), after: right.values(right.once()) }
  const drawn: Record<Measure, number[]> = { typical: [], 'slow-end': [], failures: [] }
  for (let index = 0; index < resamples; index++) {
    const weights = left.draw(rng)
    const [a, b] = [left.values(weights), right.values(isPaired ? weights : right.draw(rng))]
    drawn.typical.push(b.typical - a.typical)
    drawn['slow-end'].push(b['slow-end'] - a['slow-end'])
    drawn.failures.push(b.failures - a.failures)
  }
  const blocks = Math.min(before.length, after.length)
  const changeOf = (measure: Measure): Change => ({
    ...spreadOf(drawn[measure], blocks),
    before: whole.before[measure],
    after: whole.after[measure],
    estimate: whole.after[measure] - whole.before[measure],
  })
  return { typical: changeOf('typical'), 'slow-end': changeOf('slow-end'), failures: changeOf('failures') }
}

const spreadOf = (drawn: readonly number[], blocks: number): Pick<Change, 'error' | 'low' | 'high'> => {
  // A resample without a single answer has no latency.
  const sorted = drawn.filter(Number.isFinite).sort((a, b) => a - b)
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length
  const variance = sorted.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, sorted.length - 1)
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
  return { error: Math.sqrt((variance * blocks) / Math.max(1, blocks - 1)), low: at(0.025), high: at(0.975) }
}

/** The blocks of a side as columns of counts, quick to add up with weights. */
class Sums {
  readonly #indexes: readonly number[]
  readonly #counts: readonly Float64Array[]
  readonly #failed: readonly number[]

  constructor(side: Side) {
    const buckets = side.map(({ answered }) => new Map(answered.buckets()))
    this.#indexes = [...new Set(buckets.flatMap((block) => [...block.keys()]))].sort((a, b) => a - b)
    this.#counts = buckets.map((block) => Float64Array.from(this.#indexes, (index) => block.get(index) ?? 0))
    this.#failed = side.map(({ failed }) => failed)
  }

  /** Every block once. */
  once(): Uint16Array {
    return new Uint16Array(this.#counts.length).fill(1)
  }

  /** How often each block is drawn. */
  draw(rng: Rng): Uint16Array {
    const weights = new Uint16Array(this.#counts.length)
    for (const _ of weights) {
      const block = rng.below(weights.length)
      weights[block] = (weights[block] ?? 0) + 1
    }
    return weights
  }

  values(weights: Uint16Array): Values {
    const counts = new Float64Array(this.#indexes.length)
    let failed = 0
    for (const [block, weight] of weights.entries()) {
      if (weight === 0) continue
      failed += weight * (this.#failed[block] ?? 0)
      const own = this.#counts[block] ?? counts
      for (let at = 0; at < counts.length; at++) counts[at] = (counts[at] ?? 0) + weight * (own[at] ?? 0)
    }
    const answered = counts.reduce((sum, count) => sum + count, 0)
    return {
      typical: logMsOf(this.#indexes.reduce((sum, index, at) => sum + (index - 0.5) * (counts[at] ?? 0), 0) / answered),
      'slow-end': logMsOf(this.#positionOf(0.95 * answered, counts)),
      failures: failed / Math.max(1, failed + answered),
    }
  }

  /** Where in its bucket the value of a rank lies, as if those of a bucket lay evenly in it: no step from bucket to bucket. */
  #positionOf(rank: number, counts: Float64Array): number {
    let below = 0
    for (let at = 0; at < counts.length; at++) {
      const count = counts[at] ?? 0
      if (below + count >= rank && count > 0) return (this.#indexes[at] ?? 0) - 1 + (rank - below) / count
      below += count
    }
    return Number.NaN
  }
}

/** Position i between buckets is 2^(i/32) s. */
const logMsOf = (position: number): number => (position / bucketsPerOctave) * Math.LN2 + Math.log(1000)
