import type { Phase } from '../model/phase.ts'
import type { StepCounts } from './abort-guard.ts'

/** At the end of a stretch, as far back. */
const lookMs = 5000

/** As far below what was usual users are still called well. Assumption. */
const bandRatio = 0.05

/** Fewer steps than these say nothing. */
const leastSteps = 10

interface Mark {
  readonly atMs: number
  readonly sent: number
  readonly good: number
}

/**
 * Sees whether users are well again at the end of the last judged phase, or else of a stretch with less load: then the stretches that would
 * follow are not needed.
 */
export class Healing {
  readonly #steady: Phase | undefined
  readonly #ends: readonly number[]
  #marks: readonly Mark[] = []
  #usualRatio: number | undefined
  #healedMs: number | undefined

  constructor(phases: readonly Phase[]) {
    const reliefs = phases.filter(({ name }) => name === 'relief')
    this.#steady = phases.find(({ name }) => name === 'steady')
    this.#ends = [...reliefs.slice(0, 1).map(({ fromMs }) => fromMs), ...reliefs.map(({ toMs }) => toMs)]
  }

  /** End of the phase in which users were seen to be well again; undefined while that is not known. */
  get healedMs(): number | undefined {
    return this.#healedMs
  }

  /** Once a second or so: the steps that have ended up to a moment of the run. */
  see(atMs: number, counts: StepCounts): void {
    if (this.#ends.length === 0 || this.#healedMs !== undefined || !this.#steady) return
    const mark = Object.values(counts).reduce<Mark>(
      (all, one) => ({ atMs, sent: all.sent + one.sent, good: all.good + one.good }),
      { atMs, sent: 0, good: 0 },
    )
    const before = this.#marks.at(-1)?.atMs ?? 0
    this.#marks = [...this.#marks, mark]
    const { fromMs, toMs } = this.#steady
    if (atMs >= toMs) this.#usualRatio ??= this.#ratio(fromMs, toMs)
    const end = this.#ends.find((ms) => ms > before && ms <= atMs)
    if (end === undefined || this.#usualRatio === undefined) return
    const ratio = this.#ratio(end - lookMs, end)
    if (ratio !== undefined && ratio >= this.#usualRatio - bandRatio) this.#healedMs = end
  }

  /** Good steps / steps between two moments; undefined with too few of them. */
  #ratio(fromMs: number, toMs: number): number | undefined {
    const at = (ms: number) => this.#marks.findLast((mark) => mark.atMs <= ms) ?? { sent: 0, good: 0 }
    const [from, to] = [at(fromMs), this.#marks.find((mark) => mark.atMs >= toMs) ?? at(toMs)]
    const sent = to.sent - from.sent
    return sent < leastSteps ? undefined : (to.good - from.good) / sent
  }
}
