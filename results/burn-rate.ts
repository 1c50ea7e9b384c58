import type { GateOf } from './observation.ts'

/** Steps sent in a second, and those of them that were good. */
export interface Second {
  readonly atMs: number
  readonly sent: number
  readonly good: number
}

type Limits = Pick<GateOf<'burn-rate'>, 'objectiveRatio' | 'longMs' | 'shortMs' | 'minSamples'>

/** Of steps / those that may be bad: (1 - good / sent) / (1 - objective); undefined with too few. */
const burnOver = (seconds: readonly Second[], { objectiveRatio }: Limits, least: number): number | undefined => {
  const sent = seconds.reduce((sum, one) => sum + one.sent, 0)
  const good = seconds.reduce((sum, one) => sum + one.good, 0)
  return sent < least ? undefined : (1 - good / sent) / (1 - objectiveRatio)
}

/**
 * How fast the bad steps that are allowed were used up, when the second of `index` was over: the smaller of what a long stretch and
 * a short one say, so that it is both proven and still going on (as the SRE workbook's alerts on burn rates do). Undefined with too
 * few steps, or before a long stretch has passed.
 */
export const burnRateAt = (seconds: readonly Second[], index: number, limits: Limits): number | undefined => {
  const nowMs = seconds[index]?.atMs ?? 0
  const firstMs = seconds[0]?.atMs ?? 0
  // Seconds are named by their start.
  const within = (ms: number) => seconds.slice(0, index + 1).filter(({ atMs }) => atMs > nowMs - ms)
  if (nowMs + 1000 - firstMs < limits.longMs) return undefined
  const long = burnOver(within(limits.longMs), limits, limits.minSamples)
  const short = burnOver(within(limits.shortMs), limits, 1)
  return long === undefined || short === undefined ? undefined : Math.min(long, short)
}
