/** A limit and how surely it is known; `high` is null where nothing is known above it. Same unit as the load. */
export interface Bounded {
  readonly low: number
  readonly high: number | null
}

/** Growth of the load in a year, as a part of it: the least and the most that is expected. */
export interface Growth {
  readonly lowRatio: number
  readonly highRatio: number
}

/**
 * After how many months a load that grows by g a year reaches a limit: 12 · ln(limit/load) / ln(1 + g); 0 where it has.
 * From the lower limit with the greater growth to the higher limit with the smaller; null: never, or nobody knows.
 */
export const monthsToLimit = (load: number, limit: Bounded, { lowRatio, highRatio }: Growth) => ({
  low: months(limit.low / load, highRatio),
  high: limit.high === null ? null : months(limit.high / load, lowRatio),
})

const months = (times: number, growthRatio: number): number | null => {
  if (times <= 1) return 0
  return growthRatio > 0 ? (12 * Math.log(times)) / Math.log(1 + growthRatio) : null
}
