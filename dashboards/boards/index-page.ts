import { metrics } from '../../model/metrics.ts'
import { verdictColors, verdictWords } from '../house.ts'
import { last, max } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

const anyRun = { run: '!=""' }

const content = [
  '**A run goes on or has ended**: [run overview](/d/collaudo-run-overview), [journey](/d/collaudo-journey), [chaos experiment](/d/collaudo-chaos), [test-rig health](/d/collaudo-rig).',
  '**Builds**: [compare](/d/collaudo-compare), [trend](/d/collaudo-trend).',
  '**Planning**: [capacity](/d/collaudo-capacity), [call centre](/d/collaudo-call-centre), [cost and carbon](/d/collaudo-cost).',
  '**Business**: [ReCUP](/d/collaudo-recup), [emergency departments](/d/collaudo-emergency), [imaging](/d/collaudo-imaging).',
].join('\n\n')

export const indexPage: DashboardSpec = {
  uid: 'collaudo-index-page',
  title: 'Index',
  question: 'Which runs are there, and where do I look?',
  readers: 'everybody',
  tags: ['index'],
  hasFaults: false,
  variables: [],
  rows: [
    {
      title: 'Where to look',
      panels: [
        {
          kind: 'text',
          title: 'Dashboards',
          description: 'Each answers one question.',
          width: 24,
          height: 6,
          content,
        },
        {
          kind: 'table',
          title: 'Last runs',
          description: 'Those whose results lie in the time that is chosen; a click on the id opens the run.',
          width: 24,
          height: 14,
          unit: 'none',
          columns: ['run', 'scenario', 'target'],
          queries: [{ expr: max(last(metrics.verdict, anyRun), 'run', 'scenario', 'target'), legend: 'verdict' }],
          words: verdictWords,
          thresholds: verdictColors,
          opens: 'collaudo-run-overview',
        },
      ],
    },
  ],
}
