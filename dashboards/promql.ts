import type { Metric } from '../model/metrics/metric.ts'
import { metrics } from '../model/metrics.ts'

type Labels = Readonly<Record<string, string>>

/** Every query is of one run, unless it compares runs. */
const ofRun: Labels = { run: '="$run"' }

/** A series, with matchers such as `{ outcome: '="done"' }` beside that of the run. */
export const series = ({ name }: Metric, labels: Labels = {}): string =>
  `${name}{${Object.entries({ ...ofRun, ...labels })
    .map(([label, matcher]) => `${label}${matcher}`)
    .join(',')}}`

/** Of a counter or histogram: what came in a second, now. */
export const rate = (metric: Metric, labels: Labels = {}): string => `rate(${series(metric, labels)}[$__rate_interval])`

/** What a run came to in all: a counter only grows, so its greatest value is exact where `increase` guesses. */
export const whole = (metric: Metric, labels: Labels = {}): string =>
  `max_over_time(${series(metric, labels)}[$__range])`

/** A histogram of the whole run, up to a factor: `last_over_time` of Prometheus 2.42 passes over histograms. */
export const through = (metric: Metric, labels: Labels = {}): string => `rate(${series(metric, labels)}[$__range])`

/** A fact that is pushed once. */
export const last = (metric: Metric, labels: Labels = {}): string =>
  `last_over_time(${series(metric, labels)}[$__range])`

export const sum = (of: string, ...by: readonly string[]): string =>
  by.length === 0 ? `sum(${of})` : `sum by (${by.join(', ')}) (${of})`

export const max = (of: string, ...by: readonly string[]): string =>
  by.length === 0 ? `max(${of})` : `max by (${by.join(', ')}) (${of})`

/** Of histograms that are merged first, never averaged: over the last moments of `rate`, over the whole run of `through`. */
export const quantile = (q: number, of: string, ...by: readonly string[]): string =>
  `histogram_quantile(${q}, ${sum(of, ...by)})`

/** 0 where nothing of it ever happened. */
export const orNone = (of: string): string => `(${of} or vector(0))`

/** Limits of gates that a chart draws, whatever gate they are of. */
export const limit = (labels: Labels): string => `max by (gate) (${last(metrics.gateLimit, labels)})`
