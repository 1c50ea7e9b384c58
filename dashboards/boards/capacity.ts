import { metrics } from '../../model/metrics.ts'
import { runVariable, verdictColors, verdictWords } from '../house.ts'
import { last, max } from '../promql.ts'
import type { DashboardSpec, Thresholds } from '../spec.ts'

const searched = 'a search: `collaudo capacity … --prometheus URL`'
const whole = { lost: '=""' }

const enough: Thresholds = [
  { from: null, color: 'red' },
  { from: 0.2, color: 'orange' },
  { from: 0.4, color: 'green' },
]

export const capacity: DashboardSpec = {
  uid: 'collaudo-capacity',
  title: 'Capacity and headroom',
  question: 'How much can we serve, and when do we run out?',
  readers: 'the capacity planner',
  tags: ['planning'],
  hasFaults: false,
  variables: [{ ...runVariable, label: 'Search', from: metrics.forecastLoad.name }],
  rows: [
    {
      title: 'How far the limit is',
      panels: [
        {
          kind: 'stat',
          title: 'Does it carry the forecast',
          description: 'PASS: the load that is expected lies below the highest one that meets every gate.',
          width: 6,
          unit: 'none',
          queries: [{ expr: max(last(metrics.verdict)), legend: 'verdict' }],
          words: verdictWords,
          thresholds: verdictColors,
          emptyWithout: searched,
        },
        {
          kind: 'stat',
          title: 'Headroom, at least',
          description: '1 − forecast / gate limit. Below 20 % a bad day is one too many.',
          width: 6,
          unit: 'ratio',
          queries: [{ expr: `min(${last(metrics.headroom, { ...whole, bound: '="low"' })})`, legend: 'headroom' }],
          thresholds: enough,
          emptyWithout: searched,
        },
        {
          kind: 'stat',
          title: 'Months to the limit',
          description: 'Until the forecast has grown to the gate limit: at the earliest, and at the latest.',
          width: 6,
          unit: 'months',
          queries: [{ expr: max(last(metrics.monthsToLimit), 'bound'), legend: '{{bound}}' }],
          emptyWithout: 'a search with --growth',
        },
        {
          kind: 'stat',
          title: 'Headroom with one replica lost',
          description: 'The same limit searched for once more without a replica.',
          width: 6,
          unit: 'ratio',
          queries: [
            {
              expr: max(last(metrics.headroom, { lost: '!=""', bound: '="low"' }), 'lost'),
              legend: '{{lost}}',
            },
          ],
          thresholds: enough,
          emptyWithout: 'a search with --without',
        },
        {
          kind: 'bar-gauge',
          title: 'Limits beside the forecast',
          description:
            'Load / load of the scenario. Gate limit: every gate is met. Knee: the p95 rises steeply. Breakpoint: it no longer follows.',
          width: 12,
          unit: 'none',
          queries: [
            { expr: last(metrics.forecastLoad), legend: 'forecast' },
            {
              expr: max(last(metrics.capacityLimit, { ...whole, bound: '="low"' }), 'limit'),
              legend: '{{limit}}, at least',
            },
            {
              expr: max(last(metrics.capacityLimit, { ...whole, bound: '="high"' }), 'limit'),
              legend: '{{limit}}, at most',
            },
          ],
          emptyWithout: searched,
        },
        {
          kind: 'table',
          title: 'In business units an hour',
          description: 'What the forecast and the limits mean: bookings, accesses, studies, documents an hour.',
          width: 12,
          unit: 'perHour',
          columns: ['unit'],
          queries: [
            { expr: max(last(metrics.forecastPerHour), 'unit'), legend: 'forecast' },
            ...['gate-limit', 'knee', 'breakpoint'].map((limit) => ({
              expr: max(last(metrics.capacityPerHour, { ...whole, limit: `="${limit}"` }), 'unit'),
              legend: limit,
            })),
          ],
          emptyWithout: searched,
        },
        {
          kind: 'table',
          title: 'Trials',
          description: 'Every load that was tried, and what came of it.',
          width: 12,
          unit: 'none',
          columns: ['trial', 'verdict'],
          queries: [
            { expr: max(last(metrics.trialLoad), 'trial', 'verdict'), legend: 'load' },
            { expr: max(last(metrics.trialThroughput), 'trial'), legend: 'done an hour' },
          ],
          emptyWithout: searched,
        },
        {
          kind: 'table',
          title: 'Concurrency, throughput, latency',
          description:
            'Of each system in each trial: requests in it at a time, well answered in a second, and their p95 in seconds.',
          width: 12,
          unit: 'none',
          columns: ['system', 'trial'],
          queries: [
            { expr: max(last(metrics.trialInFlight), 'system', 'trial'), legend: 'in it' },
            { expr: max(last(metrics.trialGood), 'system', 'trial'), legend: 'a second' },
            { expr: max(last(metrics.trialDuration), 'system', 'trial'), legend: 'p95' },
          ],
          emptyWithout: searched,
        },
        {
          kind: 'table',
          title: 'How it scales',
          description:
            'Universal scalability law: lambda is what one request at a time would get, sigma contention, kappa coherency.',
          width: 12,
          unit: 'none',
          columns: ['system', 'parameter'],
          queries: [{ expr: max(last(metrics.uslFit), 'system', 'parameter'), legend: 'value' }],
          emptyWithout: 'a search whose trials bend enough for a fit',
        },
        {
          kind: 'table',
          title: 'Processors: needed and provisioned',
          description: 'For the forecast, with its reserve. A system that does not break first may need fewer.',
          width: 12,
          unit: 'count',
          columns: ['system', 'part'],
          queries: [{ expr: max(last(metrics.neededVcpus), 'system', 'part'), legend: 'vCPUs' }],
          emptyWithout: 'a search whose target tells its processors',
        },
      ],
    },
  ],
}
