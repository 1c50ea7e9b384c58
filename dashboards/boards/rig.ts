import { metrics } from '../../model/metrics.ts'
import { noneIsGood, runVariable } from '../house.ts'
import { last, limit, max, quantile, rate, series, sum } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

/** Callers who gave up had never begun. */
const expectedUnderWay = `sum(${series(metrics.rowsStarted)}) - sum(${series(metrics.rowsEnded, { outcome: '!="abandoned"' })})`

export const rig: DashboardSpec = {
  uid: 'collaudo-rig',
  title: 'Test-rig health',
  question: 'Is the measurement valid?',
  readers: 'whoever has to trust the numbers',
  tags: ['run'],
  hasFaults: true,
  variables: [runVariable],
  rows: [
    {
      title: 'Is it worth anything',
      panels: [
        {
          kind: 'stat',
          title: 'Samples lost',
          description: 'Gaps in the running numbers of the actors. Any one makes the ledger doubtful.',
          width: 6,
          unit: 'count',
          queries: [{ expr: max(last(metrics.delivery, { state: '="samples-lost"' })), legend: 'lost' }],
          thresholds: noneIsGood,
          emptyWithout: 'a run that was judged',
        },
        {
          kind: 'stat',
          title: 'Pushes not taken',
          description:
            'By this Prometheus. What they carried is in the next one; the record of the run has all of it anyway.',
          width: 6,
          unit: 'count',
          queries: [{ expr: max(last(metrics.pushesFailed)), legend: 'failed' }],
          thresholds: noneIsGood,
        },
        {
          kind: 'stat',
          title: 'Rows cut',
          description: 'Journeys that were still open when the drain ended.',
          width: 6,
          unit: 'count',
          queries: [{ expr: max(last(metrics.delivery, { state: '="cut"' })), legend: 'cut' }],
          emptyWithout: 'a run that was judged',
        },
        {
          kind: 'stat',
          title: 'Since the last sample',
          description:
            'Of this Prometheus, at the end of the time that is looked at. A run that goes on pushes every five seconds.',
          width: 6,
          unit: 'seconds',
          queries: [{ expr: `time() - max(timestamp(${series(metrics.elapsed)}))`, legend: 'age' }],
          emptyWithout: 'a run of the last five minutes',
        },
        {
          kind: 'time-series',
          title: 'How late the load generator is',
          description:
            'From due to begun, with nobody to wait for: its own fault. Beyond the dashed line the run is INVALID.',
          width: 12,
          unit: 'seconds',
          queries: [
            { expr: quantile(0.5, rate(metrics.timerLag)), legend: 'p50' },
            { expr: quantile(0.99, rate(metrics.timerLag)), legend: 'p99' },
            { expr: limit({ kind: '="timer-lag"' }), legend: 'limit {{gate}}', isLimit: true },
          ],
        },
        {
          kind: 'time-series',
          title: 'Processors of the rig',
          description:
            'Cores in use by k6 and by collaudo itself. A load generator without a core left measures itself.',
          width: 12,
          unit: 'count',
          queries: [
            { expr: sum(rate(metrics.loadGeneratorProcessor)), legend: 'k6' },
            { expr: sum(rate(metrics.collectorProcessor)), legend: 'collaudo' },
            { expr: sum(rate(metrics.pushProcessor)), legend: 'of it for these series' },
          ],
        },
        {
          kind: 'time-series',
          title: 'Memory of the rig',
          description: 'Resident memory; what grows without end ends the run.',
          width: 12,
          unit: 'bytes',
          queries: [
            { expr: max(series(metrics.loadGeneratorMemory)), legend: 'k6' },
            { expr: max(series(metrics.collectorMemory)), legend: 'collaudo' },
          ],
        },
        {
          kind: 'time-series',
          title: 'Journeys under way, counted twice',
          description:
            'Begun minus ended, and what the collector says. Two lines that part show that something was lost.',
          width: 12,
          unit: 'count',
          queries: [
            { expr: `sum(${series(metrics.rowsUnderWay)})`, legend: 'under way' },
            { expr: expectedUnderWay, legend: 'begun − ended' },
          ],
        },
        {
          kind: 'table',
          title: 'Series by metric',
          description: 'What this run costs Prometheus.',
          width: 12,
          unit: 'count',
          columns: ['__name__'],
          queries: [
            {
              expr: 'count by (__name__) (last_over_time({__name__=~"collaudo_.+",run="$run"}[$__range]))',
              legend: 'series',
            },
          ],
        },
        {
          kind: 'table',
          title: 'Rows',
          description: 'Planned, started, completed, cut.',
          width: 12,
          unit: 'count',
          columns: ['state'],
          queries: [{ expr: max(last(metrics.delivery), 'state'), legend: 'rows' }],
          emptyWithout: 'a run that was judged',
        },
      ],
    },
  ],
}
