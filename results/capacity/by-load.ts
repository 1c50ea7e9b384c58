import type { Trial } from '../../model/capacity-record.ts'

/** Trials from the lowest load to the highest, as they were drawn. */
export const byLoad = (trials: readonly Trial[]): readonly Trial[] =>
  trials.toSorted((a, b) => a.loadRatio - b.loadRatio)
