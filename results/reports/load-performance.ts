import type { RunRecord } from '../../model/run-record.ts'
import { Histogram } from '../histogram.ts'
import type { StepMeasure } from '../read-cells.ts'

/**
 * `load-performance.json` in the shape of k6's old flat summary, as GitLab's widget reads it (GitLab EE,
 * load_performance/utils: compareLoadPerformanceMetrics). Absent is what was not seen: its NaN would be shown.
 */
export interface LoadPerformance {
  readonly metrics: {
    /** Requests of the steady phase. */
    readonly http_reqs?: { readonly rate: number }
    /** Whole answered steps of the steady phase, connecting included, in ms; the widget calls them TTFB. */
    readonly http_req_waiting?: { readonly 'p(90)': number; readonly 'p(95)': number }
    /** Gates that were met, and others. */
    readonly checks?: { readonly passes: number; readonly fails: number }
  }
}

/** The figures of a run from its record and its steps. */
export const loadPerformance = (record: RunRecord, steps: readonly StepMeasure[]): LoadPerformance => {
  const steady = record.phases.find(({ name }) => name === 'steady')
  const requests = record.steps.filter(({ phase }) => phase === 'steady').reduce((sum, step) => sum + step.requests, 0)
  const answered = new Histogram()
  for (const { phase, fromSent } of steps) if (phase === 'steady') answered.merge(fromSent)
  const passes = record.gates.filter(({ verdict }) => verdict === 'pass' || verdict === 'improved').length
  return {
    metrics: {
      ...(steady && { http_reqs: { rate: rounded(requests / ((steady.toMs - steady.fromMs) / 1000)) } }),
      ...(answered.count > 0 && {
        http_req_waiting: { 'p(90)': rounded(answered.quantile(0.9)), 'p(95)': rounded(answered.quantile(0.95)) },
      }),
      ...(record.gates.length > 0 && { checks: { passes, fails: record.gates.length - passes } }),
    },
  }
}

/**
 * The widget calls every difference a change that is not 0.00: two significant digits (assumption) keep most of the noise between two runs
 * from being one, and show what is more than a tenth.
 */
const rounded = (value: number): number => Number(value.toPrecision(2))
