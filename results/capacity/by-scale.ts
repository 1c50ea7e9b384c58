import type { Trial } from '../../model/capacity-record.ts'

/** Trials from the lowest load to the highest. */
export const byScale = (trials: readonly Trial[]): readonly Trial[] => trials.toSorted((a, b) => a.scale - b.scale)
