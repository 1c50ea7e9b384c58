import { metrics } from '../../model/metrics.ts'
import { runVariable } from '../house.ts'
import { last, limit, orNone, quantile, rate, series, sum, through, whole } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

const came = 'a scenario with emergency departments'
const journey = { journey: '="emergency"' }
const accesses = { event: '="register"' }

export const emergency: DashboardSpec = {
  uid: 'collaudo-emergency',
  title: 'Emergency departments',
  question: 'Can emergency departments enter what happens, whatever the colour?',
  readers: 'who answers for the emergency departments',
  tags: ['business'],
  hasFaults: true,
  variables: [runVariable],
  rows: [
    {
      title: 'Accesses',
      panels: [
        {
          kind: 'stat',
          title: 'Accesses registered',
          description: 'Up to now, in all departments.',
          width: 8,
          unit: 'count',
          queries: [{ expr: sum(whole(metrics.emergencyEvents, accesses)), legend: 'accesses' }],
          emptyWithout: came,
        },
        {
          kind: 'stat',
          title: 'Entries that failed',
          description:
            'Technical failures and entries that found missing what had to be there / entries: what staff has to enter again, or on paper.',
          width: 8,
          unit: 'ratio',
          queries: [
            {
              expr: `${orNone(sum(whole(metrics.rowsEnded, { ...journey, outcome: '=~"failed|blocked"' })))} / ${sum(whole(metrics.rowsEnded, journey))}`,
              legend: 'failed',
            },
          ],
          thresholds: [
            { from: null, color: 'green' },
            { from: 0.001, color: 'orange' },
            { from: 0.01, color: 'red' },
          ],
          emptyWithout: came,
        },
        {
          kind: 'stat',
          title: 'Entries waiting',
          description: 'Due, and nobody has begun with them: staff that waits for a screen.',
          width: 8,
          unit: 'count',
          queries: [{ expr: sum(series(metrics.rowsWaiting, { stream: '=~".*emergency.*"' })), legend: 'waiting' }],
          emptyWithout: came,
        },
        {
          kind: 'time-series',
          title: 'Accesses an hour by colour',
          description: 'Registrations by the triage colour that the access will get.',
          width: 12,
          unit: 'perHour',
          queries: [{ expr: `3600 * ${sum(rate(metrics.emergencyEvents, accesses), 'colour')}`, legend: '{{colour}}' }],
          emptyWithout: came,
        },
        {
          kind: 'time-series',
          title: 'From arrival to the visit, by colour',
          description:
            'Median of those visited in the last moments, on the run’s clock: squeezed with the slice. Red must not wait.',
          width: 12,
          unit: 'seconds',
          queries: [{ expr: quantile(0.5, rate(metrics.emergencyWait), 'colour'), legend: '{{colour}}' }],
          emptyWithout: 'a run long enough for somebody to arrive and be visited in it',
        },
        {
          kind: 'table',
          title: 'Waiting of the whole run',
          description: 'From arrival to the visit by colour, on the run’s clock.',
          width: 12,
          unit: 'seconds',
          columns: ['colour'],
          queries: [
            { expr: quantile(0.5, through(metrics.emergencyWait), 'colour'), legend: 'p50' },
            { expr: quantile(0.95, through(metrics.emergencyWait), 'colour'), legend: 'p95' },
          ],
          emptyWithout: 'a run long enough for somebody to arrive and be visited in it',
        },
        {
          kind: 'table',
          title: 'Entries of the whole run',
          description: 'Registrations, triages, visits, orders, results, reports, closings, by colour.',
          width: 12,
          unit: 'count',
          columns: ['event', 'colour'],
          queries: [{ expr: `max by (event, colour) (${last(metrics.emergencyEvents)})`, legend: 'entries' }],
          emptyWithout: came,
        },
        {
          kind: 'time-series',
          title: 'Screens',
          description:
            '95th percentile of each step that was answered. The dashed lines are gates on the latency of entries.',
          width: 12,
          unit: 'seconds',
          queries: [
            { expr: quantile(0.95, rate(metrics.stepDuration, journey), 'step'), legend: '{{step}}' },
            {
              expr: limit({ ...journey, kind: '="latency"', unit: '="seconds"' }),
              legend: 'limit {{gate}}',
              isLimit: true,
            },
          ],
          emptyWithout: came,
        },
        {
          kind: 'time-series',
          title: 'Entries by how they ended',
          description: 'Blocked: an earlier entry of the same access had failed.',
          width: 12,
          unit: 'perSecond',
          queries: [{ expr: sum(rate(metrics.rowsEnded, journey), 'outcome'), legend: '{{outcome}}' }],
          emptyWithout: came,
        },
      ],
    },
  ],
}
