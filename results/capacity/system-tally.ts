import type { SystemFlow } from '../../model/capacity-record.ts'
import type { SystemName } from '../../model/system.ts'
import type { Cell } from '../cells.ts'
import { Histogram } from '../histogram.ts'
import { isAnswered } from '../read-cells.ts'
import { littlesLaw } from './little.ts'
import type { Stretch } from './stream-tally.ts'

/** Parts of a stretch whose rates give the interval of their mean. */
const parts = 5
/** Student's t for 95 % with four degrees of freedom. */
const studentT = 2.776
/** Adds up the requests to one system in a stretch, from its cells. */
export class SystemTally {
  readonly #stretch: Stretch
  readonly #bounds: readonly number[]
  /** Requests well answered by each bound. */
  readonly #goodBy: number[]
  readonly #answers = new Histogram()
  readonly #sent = new Histogram()
  #busyMs = 0

  constructor(stretch: Stretch) {
    const { fromMs, toMs } = stretch
    this.#stretch = stretch
    this.#bounds = Array.from({ length: parts + 1 }, (_, part) => fromMs + (part * (toMs - fromMs)) / parts)
    this.#goodBy = this.#bounds.map(() => 0)
  }

  take({ atMs, widthMs, outcome, fromSent }: Extract<Cell, { kind: 'step' }>): void {
    const { fromMs, toMs } = this.#stretch
    const isInside = atMs >= fromMs && atMs < toMs
    const isGood = isAnswered(outcome)
    const middleMs = atMs + widthMs / 2
    this.#busyMs += fromSent.sumUpTo(toMs - middleMs) - fromSent.sumUpTo(fromMs - middleMs)
    if (isInside) this.#sent.merge(fromSent)
    if (isInside && isGood) this.#answers.merge(fromSent)
    for (const [index, boundMs] of this.#bounds.entries()) {
      if (isGood) this.#goodBy[index] = (this.#goodBy[index] ?? 0) + endedBy(fromSent, boundMs - atMs, widthMs)
    }
  }

  flow(system: SystemName): SystemFlow {
    const { goodPerSecond, margin } = this.#rate()
    const sent = this.#sent.count
    const inFlight = this.#busyMs / (this.#seconds * 1000)
    return {
      system,
      goodPerSecond,
      goodLowPerSecond: Math.max(0, goodPerSecond - margin),
      goodHighPerSecond: goodPerSecond + margin,
      failedRatio: (sent - this.#answers.count) / Math.max(1, sent),
      meanMs: meanOf(this.#answers),
      p95Ms: this.#answers.quantile(0.95),
      inFlight,
      little: littlesLaw({ inFlight, sent, sentPerSecond: sent / this.#seconds, meanMs: meanOf(this.#sent) }),
    }
  }

  get #seconds(): number {
    return (this.#stretch.toMs - this.#stretch.fromMs) / 1000
  }

  /** Mean over the parts, and half of its 95 % interval. */
  #rate(): { readonly goodPerSecond: number; readonly margin: number } {
    const counts = this.#goodBy.slice(1).map((good, part) => good - (this.#goodBy[part] ?? 0))
    const rates = counts.map((good) => (good * parts) / this.#seconds)
    const goodPerSecond = rates.reduce((sum, rate) => sum + rate, 0) / parts
    const variance = rates.reduce((sum, rate) => sum + (rate - goodPerSecond) ** 2, 0) / (parts - 1)
    return { goodPerSecond, margin: studentT * Math.sqrt(variance / parts) }
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

const meanOf = ({ count, sumMs }: Histogram): number => (count === 0 ? 0 : sumMs / count)
