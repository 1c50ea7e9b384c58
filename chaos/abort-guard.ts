import type { Experiment } from '../model/experiment.ts'

/** Steps that a stream has ended up to now, how many of them failed, and how many were good. */
export type StepCounts = Readonly<
  Record<string, { readonly sent: number; readonly failed: number; readonly good: number }>
>

/** What is known of a run by now. */
export interface Seen {
  readonly counts: StepCounts
  readonly brokenPromises: number
}

/** Windows in which too many failures must be seen at the same time: the long one proves it, the short one says that it goes on. */
const longMs = 15_000
const shortMs = 4000

/** Fewer steps than these say nothing, in the long and in the short window. */
const [leastLong, leastShort] = [20, 5]

interface Mark {
  readonly atMs: number
  readonly sent: number
  readonly failed: number
}

/**
 * Says when an experiment must be broken off: when a promise was broken, or when failed steps / steps of the streams that were to be spared are above the limit in a long
 * and in a short window at once (as burn-rate alerts of the SRE workbook are, scaled to the time of a test).
 */
export class AbortGuard {
  readonly #abort: Experiment['abort']
  #marks: readonly Mark[] = []

  constructor(abort: Experiment['abort']) {
    this.#abort = abort
  }

  /** The reason to break it off now; undefined while there is none. Once a second or so. */
  see(atMs: number, { counts, brokenPromises }: Seen): string | undefined {
    if (brokenPromises > 0)
      return `${brokenPromises} promises were broken: shown to somebody else, or confirmed and not found`
    if (!this.#abort) return undefined
    const { streams, limitRatio } = this.#abort
    const mark = { atMs, ...sum(streams.map((stream) => counts[stream])) }
    this.#marks = [...this.#marks.filter((one) => atMs - one.atMs <= longMs), mark]
    const long = this.#ratio(mark, longMs, leastLong)
    const short = this.#ratio(mark, shortMs, leastShort)
    if (long === undefined || short === undefined || long <= limitRatio || short <= limitRatio) return undefined
    return `${percent(long)} of the steps of ${streams.join(', ')} failed in ${longMs / 1000} s and ${percent(short)} in the last ${shortMs / 1000} s, limit ${percent(limitRatio)}`
  }

  /** Failed steps / steps in a window that ends now; undefined with too few of them. */
  #ratio(now: Mark, windowMs: number, least: number): number | undefined {
    const from = this.#marks.find(({ atMs }) => now.atMs - atMs <= windowMs)
    const sent = now.sent - (from?.sent ?? 0)
    return sent < least ? undefined : (now.failed - (from?.failed ?? 0)) / sent
  }
}

const sum = (counts: readonly (StepCounts[string] | undefined)[]) =>
  counts.reduce<{ sent: number; failed: number }>(
    (all, one) => ({ sent: all.sent + (one?.sent ?? 0), failed: all.failed + (one?.failed ?? 0) }),
    { sent: 0, failed: 0 },
  )

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`
