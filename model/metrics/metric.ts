/** `ratio` 0..1; `seconds` since the epoch for none; `code`: a number that stands for a word. */
export type MetricUnit = 'count' | 'seconds' | 'bytes' | 'ratio' | 'per-hour' | 'code' | 'grams' | 'watt-hours' | 'none'

/** A series that is pushed to Prometheus. Every one has the labels of `runLabels` besides its own. */
export interface Metric {
  /** As Prometheus has it: base units, `_total` where it only grows. */
  readonly name: string
  /** `histogram`: a native one, schema 5. */
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly unit: MetricUnit
  readonly labels: readonly string[]
  readonly meaning: string
}
