import { metrics } from '../../model/metrics.ts'
import { verdictColors, verdictWords } from '../house.ts'
import { last, max, series } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

/** Whatever run it is, of the scenario and target that are chosen. */
const across = { run: '!=""', scenario: '="$scenario"', target: '="$target"' }
const ofStep = { ...across, journey: '=~"$journey"' }

export const trend: DashboardSpec = {
  uid: 'collaudo-trend',
  title: 'Trend across builds',
  question: 'When did it change?',
  readers: 'the team, the CI job',
  tags: ['builds'],
  hasFaults: false,
  variables: [
    { name: 'scenario', label: 'Scenario', kind: 'label', of: 'scenario', from: metrics.verdict.name },
    { name: 'target', label: 'Target', kind: 'label', of: 'target', from: metrics.verdict.name },
    {
      name: 'journey',
      label: 'Journey',
      kind: 'label',
      of: 'journey',
      from: metrics.resultDuration.name,
      hasAll: true,
    },
  ],
  rows: [
    {
      title: 'Runs',
      panels: [
        {
          kind: 'table',
          title: 'Runs and their verdicts',
          description: 'Those whose results lie in the time that is chosen; the ids begin with the time.',
          width: 24,
          unit: 'none',
          columns: ['run'],
          queries: [{ expr: max(last(metrics.verdict, across), 'run'), legend: 'verdict' }],
          words: verdictWords,
          thresholds: verdictColors,
          opens: 'collaudo-run-overview',
        },
        {
          kind: 'time-series',
          title: 'p95 of each step, run by run',
          description: 'A short line for each run, where it ended. Choose a time that holds many.',
          width: 12,
          height: 10,
          unit: 'seconds',
          queries: [
            {
              expr: max(series(metrics.resultDuration, { ...ofStep, quantile: '="0.95"' }), 'journey', 'step'),
              legend: '{{journey}} {{step}}',
            },
          ],
        },
        {
          kind: 'time-series',
          title: 'Failed requests of each step, run by run',
          description: 'Failed / all in the steady phase.',
          width: 12,
          height: 10,
          unit: 'ratio',
          queries: [
            { expr: max(series(metrics.resultFailed, ofStep), 'journey', 'step'), legend: '{{journey}} {{step}}' },
          ],
        },
        {
          kind: 'table',
          title: 'p95 by run and step',
          description: 'The same as numbers.',
          width: 24,
          height: 12,
          unit: 'seconds',
          columns: ['run', 'journey', 'step'],
          queries: [
            {
              expr: max(last(metrics.resultDuration, { ...ofStep, quantile: '="0.95"' }), 'run', 'journey', 'step'),
              legend: 'p95',
            },
          ],
        },
      ],
    },
  ],
}
