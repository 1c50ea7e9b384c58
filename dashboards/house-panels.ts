import { metrics } from '../model/metrics.ts'
import { noneIsGood, verdictColors, verdictWords } from './house.ts'
import { last, limit, orNone, rate, sum } from './promql.ts'
import type { PanelSpec } from './spec.ts'

/** What stands on several dashboards, each in its own words. */
type Own = Pick<PanelSpec, 'description' | 'width'>

/** Of the run that is looked at. */
export const verdictPanel = (own: Own): PanelSpec => ({
  kind: 'stat',
  title: 'Verdict',
  ...own,
  unit: 'none',
  queries: [{ expr: `max(${last(metrics.verdict)})`, legend: 'verdict' }],
  words: verdictWords,
  thresholds: verdictColors,
  emptyWithout: 'a run that was judged',
})

/** Writes found broken when everything was read back. */
export const promisesPanel = (own: Own): PanelSpec => ({
  kind: 'stat',
  title: 'Promises broken',
  ...own,
  unit: 'count',
  queries: [{ expr: sum(last(metrics.findings)), legend: 'findings' }],
  thresholds: noneIsGood,
  emptyWithout: 'a run that was judged',
})

/** Failed steps / steps of the last moments, with the gates on failures. */
export const failedStepsPanel = (own: Own): PanelSpec => ({
  kind: 'time-series',
  title: 'Failed steps',
  ...own,
  unit: 'ratio',
  queries: [
    {
      expr: `${orNone(sum(rate(metrics.steps, { answered: '="no"' })))} / ${sum(rate(metrics.steps))}`,
      legend: 'failed',
    },
    { expr: limit({ kind: '="failures"' }), legend: 'limit {{gate}}', isLimit: true },
  ],
})
