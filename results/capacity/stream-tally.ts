import type { StreamFlow } from '../../model/capacity-record.ts'
import { Histogram } from '../histogram.ts'
import type { RowLine } from '../row-lines.ts'

/** A stretch of the run's clock. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** A backlog that grows by less of what was offered is no backlog. Assumption. */
const leastGrowthRatio = 0.03
/** Standard deviations that chance is given. */
const deviations = 3

/** A row of a timetable. */
export interface PlannedRow {
  readonly dueMs: number
  /** Whether it was under way when the run began: then it is there from the start on, not only when its next step is due. */
  readonly isUnderWay: boolean
  /** All of its pauses. */
  readonly thinkMs: number
}

/** Adds up the rows of one stream in a stretch: what came, what was served, and what had to wait. */
export class StreamTally {
  readonly #stretch: Stretch
  readonly #waits = new Histogram()
  #dueByFrom = 0
  #dueByTo = 0
  #servedByFrom = 0
  #servedByTo = 0
  #ended = 0
  #done = 0
  #thinkMs = 0

  constructor(stretch: Stretch) {
    this.#stretch = stretch
  }

  due({ dueMs, isUnderWay, thinkMs }: PlannedRow): void {
    if (isUnderWay || dueMs < this.#stretch.fromMs) this.#dueByFrom += 1
    if (isUnderWay || dueMs < this.#stretch.toMs) this.#dueByTo += 1
    if (!isUnderWay && this.#isInside(dueMs)) this.#thinkMs += thinkMs
  }

  take(line: RowLine): void {
    if (line.kind === 'row') this.#started(line)
    else if (line.kind === 'end') this.#end(line)
    else if (line.kind === 'abandoned' && this.#isInside(line.leftMs)) this.#ended += 1
  }

  #started({ dueMs, takenMs }: Extract<RowLine, { kind: 'row' }>): void {
    if (this.#isInside(dueMs)) this.#waits.record(takenMs - dueMs)
  }

  #end({ endedMs, outcome }: Extract<RowLine, { kind: 'end' }>): void {
    if (endedMs < this.#stretch.fromMs) this.#servedByFrom += 1
    if (endedMs < this.#stretch.toMs) this.#servedByTo += 1
    if (!this.#isInside(endedMs)) return
    this.#ended += 1
    if (outcome === 'done') this.#done += 1
  }

  flow(stream: string): StreamFlow {
    const [backlogFrom, backlogTo] = [this.#dueByFrom - this.#servedByFrom, this.#dueByTo - this.#servedByTo]
    const offered = this.#dueByTo - this.#dueByFrom
    return {
      stream,
      offered,
      ended: this.#ended,
      done: this.#done,
      backlogFrom,
      backlogTo,
      fallsBehind: backlogTo > allowedBacklog(offered, Math.max(backlogFrom, this.#unhurried)),
      waitMs: this.#waits.quantile(0.99),
    }
  }

  /** Rows that would be under way if no system took any time: Little's law, arrivals per second times their pauses. */
  get #unhurried(): number {
    return this.#thinkMs / (this.#stretch.toMs - this.#stretch.fromMs)
  }

  #isInside(atMs: number): boolean {
    return atMs >= this.#stretch.fromMs && atMs < this.#stretch.toMs
  }
}

/**
 * Rows under way at two instants are Poisson numbers of mean L when nothing falls behind: their difference has a variance of 2 L
 * at most. L: as many as when the stretch began, or as pauses alone make, since a stream may have opened only then. Who gave up
 * waiting was not served, and stays in the backlog.
 */
const allowedBacklog = (offered: number, usual: number): number =>
  usual + Math.max(leastGrowthRatio * offered, deviations * Math.sqrt(2 * Math.max(1, usual)))
