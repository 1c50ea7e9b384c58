import { metrics } from '../../model/metrics.ts'
import { runVariable } from '../house.ts'
import { last, limit, orNone, quantile, rate, sum, whole } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

const imaged = 'a scenario with diagnostic images'
const journeys = { journey: '=~"store-study|read-study|share-study|fetch-study|move-study"' }

export const imaging: DashboardSpec = {
  uid: 'collaudo-imaging',
  title: 'Imaging',
  question: 'Do images arrive, and can every structure read them?',
  readers: 'who answers for the image archive',
  tags: ['business'],
  hasFaults: true,
  variables: [runVariable],
  rows: [
    {
      title: 'Studies',
      panels: [
        {
          kind: 'stat',
          title: 'Studies stored',
          description: 'Up to now, every image of each acknowledged.',
          width: 8,
          unit: 'count',
          queries: [{ expr: sum(whole(metrics.studies)), legend: 'studies' }],
          emptyWithout: imaged,
        },
        {
          kind: 'stat',
          title: 'Pixels stored',
          description: 'Bytes of these studies.',
          width: 8,
          unit: 'bytes',
          queries: [{ expr: sum(whole(metrics.studyBytes)), legend: 'bytes' }],
          emptyWithout: imaged,
        },
        {
          kind: 'stat',
          title: 'Journeys that failed',
          description: 'Of all that store, read, share, fetch or move images.',
          width: 8,
          unit: 'ratio',
          queries: [
            {
              expr: `${orNone(sum(whole(metrics.rowsEnded, { ...journeys, outcome: '="failed"' })))} / ${sum(whole(metrics.rowsEnded, journeys))}`,
              legend: 'failed',
            },
          ],
          thresholds: [
            { from: null, color: 'green' },
            { from: 0.001, color: 'orange' },
            { from: 0.01, color: 'red' },
          ],
          emptyWithout: imaged,
        },
        {
          kind: 'time-series',
          title: 'Studies an hour by modality',
          description: 'Stored by devices.',
          width: 12,
          unit: 'perHour',
          queries: [{ expr: `3600 * ${sum(rate(metrics.studies), 'modality')}`, legend: '{{modality}}' }],
          emptyWithout: imaged,
        },
        {
          kind: 'time-series',
          title: 'Bytes a second by modality',
          description: 'Pixels of the studies that were stored, counted when their last image was.',
          width: 12,
          unit: 'bytesPerSecond',
          queries: [{ expr: sum(rate(metrics.studyBytes), 'modality'), legend: '{{modality}}' }],
          emptyWithout: imaged,
        },
        {
          kind: 'time-series',
          title: 'Storing, reading, sharing',
          description: '95th percentile of each step that was answered. The dashed lines are gates on latency.',
          width: 12,
          unit: 'seconds',
          queries: [
            {
              expr: quantile(0.95, rate(metrics.stepDuration, journeys), 'journey', 'step'),
              legend: '{{journey}} {{step}}',
            },
            {
              expr: limit({ ...journeys, kind: '="latency"', unit: '="seconds"' }),
              legend: 'limit {{gate}}',
              isLimit: true,
            },
          ],
          emptyWithout: imaged,
        },
        {
          kind: 'time-series',
          title: 'Journeys done an hour',
          description:
            'Studies stored, read by radiologists, shared between structures, fetched for a transfer, moved from the old archive.',
          width: 12,
          unit: 'perHour',
          queries: [
            {
              expr: `3600 * ${sum(rate(metrics.rowsEnded, { ...journeys, outcome: '="done"' }), 'journey')}`,
              legend: '{{journey}}',
            },
          ],
          emptyWithout: imaged,
        },
        {
          kind: 'table',
          title: 'By modality',
          description: 'Of the whole run.',
          width: 24,
          unit: 'count',
          columns: ['modality'],
          queries: [
            { expr: `max by (modality) (${last(metrics.studies)})`, legend: 'studies' },
            { expr: `max by (modality) (${last(metrics.studyBytes)})`, legend: 'bytes' },
          ],
          emptyWithout: imaged,
        },
      ],
    },
  ],
}
