import type { GateOf } from './observation.ts'

/** Steps sent in a second, and those of them that were good. */
export interface Second {
  readonly atMs: number
  readonly sent: number
  readonly good: number
}

type Limits = Pick<GateOf<'burn-rate'>, 'objectiveRatio' | 'longMs' | 'shortMs' | 'minSamples'>

/**
 * How fast the bad steps that are allowed were used up, at the end of each second: the smaller of what a long stretch and a short one
 * say, so that it is both proven and still going on (as the SRE workbook's alerts on burn rates do). Each says
 * (1 - good / sent) / (1 - objective). Undefined with too few steps, or before a long stretch has passed. Seconds come in the order of
 * time, named by their start.
 */
export const burnRates = (seconds: readonly Second[], limits: Limits): readonly (number | undefined)[] => {
  const long = slidingSums(seconds, limits.longMs)
  const short = slidingSums(seconds, limits.shortMs)
  const firstMs = seconds[0]?.atMs ?? 0
  return seconds.map(({ atMs }, index) => {
    if (atMs + 1000 - firstMs < limits.longMs) return undefined
    const [proven, now] = [burnOf(long[index], limits, limits.minSamples), burnOf(short[index], limits, 1)]
    return proven === undefined || now === undefined ? undefined : Math.min(proven, now)
  })
}

type Sum = Pick<Second, 'sent' | 'good'>

const burnOf = (sum: Sum | undefined, { objectiveRatio }: Limits, least: number): number | undefined =>
  !sum || sum.sent < least ? undefined : (1 - sum.good / sum.sent) / (1 - objectiveRatio)

/** Of the stretch that ends with each second; one pass, since a run may have a week of them. */
export const slidingSums = (seconds: readonly Second[], lengthMs: number): readonly Sum[] => {
  let [first, sent, good] = [0, 0, 0]
  return seconds.map((second) => {
    sent += second.sent
    good += second.good
    for (let oldest = seconds[first]; oldest && oldest.atMs <= second.atMs - lengthMs; oldest = seconds[++first]) {
      sent -= oldest.sent
      good -= oldest.good
    }
    return { sent, good }
  })
}
