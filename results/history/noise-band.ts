/** Where the same plan on the same target usually comes out. */
export interface NoiseBand {
  readonly median: number
  readonly low: number
  readonly high: number
  /** Earlier runs that it was told from. */
  readonly runs: number
}

/** With fewer runs no band can be told. Assumption: the MAD of four values is itself noise. */
export const fewestRuns = 5

/** MAD × this is the standard deviation of normally distributed values: 1 / Φ⁻¹(3/4) (Rousseeuw and Croux, JASA 88 (1993) 1273). */
const madToDeviation = 1.4826

/** Half the width of a band in such deviations: of normally distributed noise, 1 run in 370 is outside. */
const deviations = 3

/**
 * median ± 3 × 1.4826 × MAD of what earlier runs came to, and at least ± `floor`: what cannot be told apart is no change. Undefined with
 * fewer than five runs.
 */
export const noiseBand = (values: readonly number[], floor: (median: number) => number): NoiseBand | undefined => {
  if (values.length < fewestRuns) return undefined
  const median = medianOf(values)
  const spread = madToDeviation * medianOf(values.map((value) => Math.abs(value - median)))
  const half = Math.max(deviations * spread, floor(median))
  return { median, low: median - half, high: median + half, runs: values.length }
}

/** Of at least one value; the mean of the middle two of an even number. */
const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
  return (upper + lower) / 2
}
