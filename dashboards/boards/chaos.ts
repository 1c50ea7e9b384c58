import { metrics } from '../../model/metrics.ts'
import { noneIsGood, runVariable } from '../house.ts'
import { failedStepsPanel, promisesPanel, verdictPanel } from '../house-panels.ts'
import { last, max, orNone, quantile, rate, series, sum } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

const faulted = 'an experiment'
const all = { stream: '="*"' }

export const chaos: DashboardSpec = {
  uid: 'collaudo-chaos',
  title: 'Chaos experiment',
  question: 'Did it degrade gracefully, and recover in time?',
  readers: 'the SRE',
  tags: ['run'],
  hasFaults: true,
  variables: [runVariable],
  rows: [
    {
      title: 'Verdict',
      panels: [
        verdictPanel({
          description: 'Whether every gate of the experiment held, before, during and after the fault.',
          width: 4,
        }),
        {
          kind: 'stat',
          title: 'Score',
          description:
            'What users kept, how soon they were well again, what was not lost: 100 % is as if nothing had happened.',
          width: 4,
          unit: 'ratio',
          queries: [{ expr: max(last(metrics.resilienceRatio, { ...all, figure: '="score"' })), legend: 'score' }],
          thresholds: [
            { from: null, color: 'red' },
            { from: 0.5, color: 'orange' },
            { from: 0.8, color: 'green' },
          ],
          emptyWithout: 'an experiment without a veto',
        },
        {
          kind: 'stat',
          title: 'Well again after',
          description: 'From the end of the fault until users were in their usual band.',
          width: 4,
          unit: 'seconds',
          queries: [
            { expr: max(last(metrics.resilienceTime, { ...all, figure: '="to-recover"' })), legend: 'to recover' },
          ],
          emptyWithout: 'an experiment in which users were hit and well again',
        },
        {
          kind: 'stat',
          title: 'Worst moment',
          description:
            'Good steps / steps in the worst stretch since the fault began; a step is good when it is answered in time.',
          width: 4,
          unit: 'ratio',
          queries: [{ expr: max(last(metrics.resilienceRatio, { ...all, figure: '="worst"' })), legend: 'worst' }],
          emptyWithout: faulted,
        },
        {
          kind: 'stat',
          title: 'Gray time',
          description:
            'Users were out of their usual band, and every health check was well: nobody would have been called.',
          width: 4,
          unit: 'seconds',
          queries: [{ expr: max(last(metrics.resilienceTime, { figure: '="gray"' })), legend: 'gray' }],
          thresholds: noneIsGood,
          emptyWithout: faulted,
        },
        promisesPanel({
          description: 'Writes that were confirmed and are lost, doubled, half or another’s.',
          width: 4,
        }),
        {
          kind: 'state-timeline',
          title: 'Faults and phases',
          description: 'When each fault was there, and the phases that gates judge.',
          width: 24,
          unit: 'none',
          queries: [
            { expr: `max by (kind, component) (${series(metrics.faultActive)})`, legend: '{{kind}} on {{component}}' },
            { expr: max(series(metrics.phaseActive), 'phase'), legend: 'phase {{phase}}' },
          ],
          words: { 0: 'no', 1: 'yes' },
          thresholds: [
            { from: null, color: 'green' },
            { from: 1, color: 'red' },
          ],
        },
      ],
    },
    {
      title: 'What users saw',
      panels: [
        failedStepsPanel({
          description: 'Failed / all steps that ended in the last moments. The red band is the fault.',
          width: 12,
        }),
        {
          kind: 'time-series',
          title: 'Answers: how long they take',
          description:
            'Answered steps of the last moments; what was refused is not in it and never makes it look better.',
          width: 12,
          unit: 'seconds',
          queries: [
            { expr: quantile(0.5, rate(metrics.stepDuration)), legend: 'p50' },
            { expr: quantile(0.95, rate(metrics.stepDuration)), legend: 'p95' },
          ],
        },
        {
          kind: 'time-series',
          title: 'Failed steps by stream',
          description: 'Emergency departments must not notice what happens to bookings.',
          width: 12,
          unit: 'perSecond',
          queries: [{ expr: orNone(sum(rate(metrics.steps, { answered: '="no"' }), 'stream')), legend: '{{stream}}' }],
        },
        {
          kind: 'time-series',
          title: 'How long nothing came',
          description:
            '95th percentile of the steps that got no answer, by how they ended: who gets nothing must be told so in time.',
          width: 12,
          unit: 'seconds',
          queries: [{ expr: quantile(0.95, rate(metrics.unansweredDuration), 'outcome'), legend: '{{outcome}}' }],
          emptyWithout: 'a run in which steps failed',
        },
      ],
    },
    {
      title: 'Before, during, after',
      panels: [
        {
          kind: 'table',
          title: 'Journeys by phase',
          description:
            'All steps of a journey, by the phase in which they were sent; crossing: sent before the fault, under way when it began.',
          width: 12,
          height: 10,
          unit: 'seconds',
          columns: ['journey', 'phase'],
          queries: [
            { expr: max(last(metrics.phaseDuration, { quantile: '="0.95"' }), 'journey', 'phase'), legend: 'p95' },
          ],
          emptyWithout: 'a run that was judged',
        },
        {
          kind: 'table',
          title: 'Failed steps by phase',
          description: 'Failed / all steps of a journey, by the phase in which they were sent.',
          width: 12,
          height: 10,
          unit: 'ratio',
          columns: ['journey', 'phase'],
          queries: [{ expr: max(last(metrics.phaseFailed), 'journey', 'phase'), legend: 'failed' }],
          emptyWithout: 'a run that was judged',
        },
        {
          kind: 'table',
          title: 'Streams: hit, alarmed, well again',
          description: 'To impact and to an alarm from the injection; to recover from the restoration.',
          width: 12,
          unit: 'seconds',
          columns: ['stream', 'figure'],
          queries: [{ expr: max(last(metrics.resilienceTime), 'stream', 'figure'), legend: 'time' }],
          emptyWithout: faulted,
        },
        {
          kind: 'table',
          title: 'Streams: depth and loss',
          description:
            'Good steps / steps, usual and worst; what was lost / what is usual; bad steps / those that 99 % allows.',
          width: 12,
          unit: 'ratio',
          columns: ['stream', 'figure'],
          queries: [{ expr: max(last(metrics.resilienceRatio), 'stream', 'figure'), legend: 'share' }],
          emptyWithout: faulted,
        },
      ],
    },
  ],
}
