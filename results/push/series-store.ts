import type { Metric } from '../../model/metrics/metric.ts'
import { Histogram } from '../histogram.ts'

export type LabelsOf<M extends Metric> = Readonly<Record<M['labels'][number], string>>

/** One series as it stands. */
export interface Series {
  /** Unique in its store. */
  readonly key: string
  readonly metric: Metric
  readonly labels: Readonly<Record<string, string>>
  readonly value: number | Histogram
}

type Kept = Omit<Series, 'value'> & { value: Series['value'] }

/** Series and what they have come to, from the first time that something was said of them. */
export class SeriesStore {
  readonly #series = new Map<string, Kept>()

  get all(): readonly Series[] {
    return [...this.#series.values()]
  }

  /** What a counter grew by. */
  add<M extends Metric & { readonly kind: 'counter' }>(metric: M, labels: LabelsOf<M>, by: number): void {
    const series = this.#of(metric, labels, () => 0)
    if (typeof series.value === 'number') series.value += by
  }

  /** What a gauge stands at, or a counter that somebody else keeps. */
  set<M extends Metric & { readonly kind: 'gauge' | 'counter' }>(metric: M, labels: LabelsOf<M>, value: number): void {
    this.#of(metric, labels, () => 0).value = value
  }

  merge<M extends Metric & { readonly kind: 'histogram' }>(metric: M, labels: LabelsOf<M>, more: Histogram): void {
    const { value } = this.#of(metric, labels, () => new Histogram())
    if (typeof value !== 'number') value.merge(more)
  }

  #of(metric: Metric, labels: Readonly<Record<string, string>>, first: () => number | Histogram): Kept {
    const key = [metric.name, ...metric.labels.map((name) => labels[name] ?? '')].join('|')
    const found = this.#series.get(key)
    if (found !== undefined) return found
    const made = { key, metric, labels, value: first() }
    this.#series.set(key, made)
    return made
  }
}
