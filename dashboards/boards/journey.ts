import { metrics } from '../../model/metrics.ts'
import { runVariable } from '../house.ts'
import { limit, orNone, quantile, rate, sum, through } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

const ours = { journey: '=~"$journey"' }

export const journey: DashboardSpec = {
  uid: 'collaudo-journey',
  title: 'Journey',
  question: 'Which step hurts?',
  readers: 'the SRE, when the overview is red',
  tags: ['run'],
  hasFaults: true,
  variables: [
    runVariable,
    { name: 'journey', label: 'Journey', kind: 'label', of: 'journey', from: metrics.stepDuration.name, hasAll: true },
  ],
  rows: [
    {
      title: 'Rate, failures, duration',
      panels: [
        {
          kind: 'time-series',
          title: 'Steps',
          description: 'Steps that ended, by step.',
          width: 8,
          unit: 'perSecond',
          queries: [{ expr: sum(rate(metrics.steps, ours), 'journey', 'step'), legend: '{{journey}} {{step}}' }],
        },
        {
          kind: 'time-series',
          title: 'Failed steps',
          description: 'Failed / all, by step; nothing is drawn for a step that has never failed.',
          width: 8,
          unit: 'ratio',
          queries: [
            {
              expr: `${sum(rate(metrics.steps, { ...ours, answered: '="no"' }), 'journey', 'step')} / ${sum(rate(metrics.steps, ours), 'journey', 'step')}`,
              legend: '{{journey}} {{step}}',
            },
          ],
          emptyWithout: 'a run in which steps failed',
        },
        {
          kind: 'time-series',
          title: 'The five slowest steps',
          description: '95th percentile of the answered ones, of the last moments.',
          width: 8,
          unit: 'seconds',
          queries: [
            {
              expr: `topk(5, ${quantile(0.95, rate(metrics.stepDuration, ours), 'journey', 'step')})`,
              legend: '{{journey}} {{step}}',
            },
          ],
        },
        {
          kind: 'time-series',
          title: 'Answers of the journey',
          description: 'All its answered steps together. The dashed lines are gates on its latency.',
          width: 12,
          unit: 'seconds',
          queries: [
            { expr: quantile(0.5, rate(metrics.stepDuration, ours)), legend: 'p50' },
            { expr: quantile(0.95, rate(metrics.stepDuration, ours)), legend: 'p95' },
            { expr: quantile(0.99, rate(metrics.stepDuration, ours)), legend: 'p99' },
            {
              expr: limit({ ...ours, kind: '="latency"', unit: '="seconds"' }),
              legend: 'limit {{gate}}',
              isLimit: true,
            },
          ],
        },
        {
          kind: 'heatmap',
          title: 'Where the answers lie',
          description: 'Its answered steps by how long they took.',
          width: 12,
          unit: 'seconds',
          queries: [{ expr: sum(rate(metrics.stepDuration, ours)), legend: 'steps' }],
        },
        {
          kind: 'time-series',
          title: 'How it ends',
          description: 'Journeys by outcome: done is what everybody came for.',
          width: 12,
          unit: 'perSecond',
          queries: [{ expr: sum(rate(metrics.rowsEnded, ours), 'outcome'), legend: '{{outcome}}' }],
        },
        {
          kind: 'time-series',
          title: 'Due and ended',
          description: 'Arrivals of the journey by the timetable, and its ends.',
          width: 12,
          unit: 'perSecond',
          queries: [
            { expr: sum(rate(metrics.rowsDue, ours)), legend: 'due' },
            { expr: orNone(sum(rate(metrics.rowsEnded, ours))), legend: 'ended' },
          ],
        },
      ],
    },
    {
      title: 'The whole run',
      panels: [
        {
          kind: 'table',
          title: 'Steps by stream',
          description: 'Latency of the answered ones over the whole run, merged and never averaged.',
          width: 24,
          height: 12,
          unit: 'seconds',
          columns: ['stream', 'journey', 'step'],
          queries: [0.5, 0.95, 0.99].map((q) => ({
            expr: quantile(q, through(metrics.stepDuration, ours), 'stream', 'journey', 'step'),
            legend: `p${q * 100}`,
          })),
        },
      ],
    },
  ],
}
