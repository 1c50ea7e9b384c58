import { metrics, verdictCodes } from '../../model/metrics.ts'
import { runVariable, verdictWords } from '../house.ts'
import { verdictPanel } from '../house-panels.ts'
import { last, max } from '../promql.ts'
import type { DashboardSpec, QuerySpec } from '../spec.ts'

const compared = 'a run that was compared with a baseline'
const bounds = ['low', 'estimate', 'high'] as const

const changesOf = (measure: string): readonly QuerySpec[] =>
  bounds.map((bound) => ({
    expr: max(
      last(metrics.change, { measure: `="${measure}"`, bound: `="${bound}"` }),
      'journey',
      'step',
      'phase',
      'verdict',
    ),
    legend: bound,
  }))

/** Latency of the run / of the other one − 1, of the steps that both have. */
const against = (q: string): QuerySpec => ({
  expr: `${max(last(metrics.resultDuration, { quantile: `="${q}"` }), 'journey', 'step')} / ${max(last(metrics.resultDuration, { quantile: `="${q}"`, run: '="$baseline"' }), 'journey', 'step')} - 1`,
  legend: `p${Number(q) * 100}`,
})

const columns = ['journey', 'step', 'phase', 'verdict']

export const compare: DashboardSpec = {
  uid: 'collaudo-compare',
  title: 'Compare',
  question: 'Is this build worse than the one before?',
  readers: 'who reviews a change, the CI job',
  tags: ['builds'],
  hasFaults: false,
  variables: [runVariable, { ...runVariable, name: 'baseline', label: 'Other run' }],
  rows: [
    {
      title: 'Against the baseline, with its confidence',
      panels: [
        verdictPanel({
          description: 'Of the run, the comparison with its baseline included.',
          width: 6,
        }),
        {
          kind: 'stat',
          title: 'Steps that became worse',
          description: `Told from chance at 95 % confidence, corrected for all that was compared. ${verdictWords[verdictCodes.regressed]} is exit 1.`,
          width: 6,
          unit: 'count',
          queries: [
            {
              expr: `count(${last(metrics.change, { bound: '="estimate"', verdict: '="regressed"' })})`,
              legend: 'worse',
            },
          ],
          thresholds: [
            { from: null, color: 'green' },
            { from: 1, color: 'red' },
          ],
          emptyWithout: 'a run that has become worse',
        },
        {
          kind: 'stat',
          title: 'Steps compared',
          description: 'Measures of steps that both sides have.',
          width: 6,
          unit: 'count',
          queries: [{ expr: `count(${last(metrics.change, { bound: '="estimate"' })})`, legend: 'compared' }],
          emptyWithout: compared,
        },
        {
          kind: 'stat',
          title: 'Gates broken',
          description: 'Whatever the baseline was.',
          width: 6,
          unit: 'count',
          queries: [
            { expr: `count(${last(metrics.gateVerdict)} == ${verdictCodes.fail}) or vector(0)`, legend: 'broken' },
          ],
          thresholds: [
            { from: null, color: 'green' },
            { from: 1, color: 'red' },
          ],
        },
        {
          kind: 'table',
          title: 'Slow end of each step',
          description:
            'Change of the 95th percentile against the baseline, and its 95 % interval: one that holds 0 says nothing.',
          width: 12,
          height: 12,
          unit: 'ratio',
          columns,
          queries: changesOf('slow-end'),
          emptyWithout: compared,
        },
        {
          kind: 'table',
          title: 'Typical answer of each step',
          description: 'Change of the geometric mean against the baseline, and its 95 % interval.',
          width: 12,
          height: 12,
          unit: 'ratio',
          columns,
          queries: changesOf('typical'),
          emptyWithout: compared,
        },
        {
          kind: 'table',
          title: 'Failed requests of each step',
          description: 'Failed ratio after − before, and its 95 % interval.',
          width: 12,
          unit: 'ratio',
          columns,
          queries: changesOf('failures'),
          emptyWithout: compared,
        },
        {
          kind: 'table',
          title: 'Against the other run',
          description:
            'Change of the latency against any run that is chosen at the top, without confidence: for a first look only.',
          width: 12,
          unit: 'ratio',
          columns: ['journey', 'step'],
          queries: [against('0.5'), against('0.95')],
        },
      ],
    },
  ],
}
