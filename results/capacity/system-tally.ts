import type { SystemFlow } from '../../model/capacity-record.ts'
import type { SystemName } from '../../model/system.ts'
import type { Cell } from '../cells.ts'
import { Histogram } from '../histogram.ts'
import { isAnswered } from '../read-cells.ts'
import type { Stretch } from './stream-tally.ts'

/** Parts of a stretch whose rates give the interval of their mean. */
const parts = 5
/** Student's t for 95 % with four degrees of freedom. */
const studentT = 2.776

/** Adds up the requests to one system in a stretch, from its cells. */
export class SystemTally {
  readonly #bounds: readonly number[]
  readonly #stretch: Stretch
  /** Requests well answered by each bound. */
  readonly #goodBy: number[]
  readonly #answers = new Histogram()
  #failed = 0

  constructor(stretch: Stretch) {
    this.#stretch = stretch
    this.#bounds = Array.from({ length: parts + 1 }, (_, part) => stretch.fromMs + (part * lengthOf(stretch)) / parts)
    this.#goodBy = this.#bounds.map(() => 0)
  }

  take({ atMs, widthMs, outcome, fromSent }: Extract<Cell, { kind: 'step' }>): void {
    const isInside = atMs >= this.#stretch.fromMs && atMs < this.#stretch.toMs
    if (!isAnswered(outcome)) {
      if (isInside) this.#failed += fromSent.count
      return
    }
    if (isInside) this.#answers.merge(fromSent)
    for (const [index, boundMs] of this.#bounds.entries()) {
      this.#goodBy[index] = (this.#goodBy[index] ?? 0) + endedBy(fromSent, boundMs - atMs, widthMs)
    }
  }

  flow(system: SystemName): SystemFlow {
    const seconds = lengthOf(this.#stretch) / 1000
    const counts = this.#goodBy.slice(1).map((count, index) => count - (this.#goodBy[index] ?? 0))
    const rates = counts.map((count) => (count * parts) / seconds)
    const goodPerSecond = rates.reduce((sum, rate) => sum + rate, 0) / parts
    const margin =
      studentT * Math.sqrt(rates.reduce((sum, rate) => sum + (rate - goodPerSecond) ** 2, 0) / (parts - 1) / parts)
    const { count, sumMs } = this.#answers
    const meanMs = count === 0 ? 0 : sumMs / count
    return {
      system,
      goodPerSecond,
      goodLowPerSecond: Math.max(0, goodPerSecond - margin),
      goodHighPerSecond: goodPerSecond + margin,
      failedRatio: this.#failed / Math.max(1, this.#failed + count),
      meanMs,
      p95Ms: this.#answers.quantile(0.95),
      inFlight: (goodPerSecond * meanMs) / 1000,
    }
  }
}

/** Places in a bin at which its requests are taken to have been sent, as many at each. */
const places = 10

/**
 * Requests of a bin that had ended so long after it began. A cell knows when they were sent within its width, and how long they
 * took: one that was sent at s has ended by t when it took t − s at most.
 */
const endedBy = (durations: Histogram, afterMs: number, widthMs: number): number => {
  if (afterMs <= 0) return 0
  if (afterMs - widthMs >= durations.maxMs) return durations.count
  const sentMs = Array.from({ length: places }, (_, place) => ((place + 0.5) * widthMs) / places)
  const counts = sentMs.map((ms) => (ms > afterMs ? 0 : durations.countUpTo(afterMs - ms)))
  return counts.reduce((sum, count) => sum + count, 0) / places
}

const lengthOf = ({ fromMs, toMs }: Stretch): number => toMs - fromMs
