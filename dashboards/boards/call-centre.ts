import { metrics } from '../../model/metrics.ts'
import { runVariable } from '../house.ts'
import { last, limit, max, rate, series, sum } from '../promql.ts'
import type { DashboardSpec, QuerySpec } from '../spec.ts'

const called = 'a scenario with a call centre'
const operators = { kind: '="operators"' }

/** Streams whose rows are calls, out of a series of all. */
const ofCalls = (of: string): string => `${of} and on (stream) ${max(series(metrics.actors, operators), 'stream')}`

const within = (seconds: number): QuerySpec => ({
  expr: ofCalls(`histogram_fraction(0, ${seconds}, ${sum(rate(metrics.workerWait), 'stream')})`),
  legend: `{{stream}} within ${seconds} s`,
})

export const callCentre: DashboardSpec = {
  uid: 'collaudo-call-centre',
  title: 'Call centre',
  question: 'Are the operators enough, and what does slow software cost?',
  readers: 'who plans the shifts',
  tags: ['planning', 'business'],
  hasFaults: true,
  variables: [runVariable],
  rows: [
    {
      title: 'Now',
      panels: [
        {
          kind: 'stat',
          title: 'Operators on shift',
          description: 'Of each stream of calls.',
          width: 6,
          unit: 'count',
          queries: [{ expr: max(last(metrics.actors, operators), 'stream'), legend: '{{stream}}' }],
          emptyWithout: called,
        },
        {
          kind: 'stat',
          title: 'Busy operators',
          description: 'Mean of the steady phase, wrap-up included.',
          width: 6,
          unit: 'count',
          queries: [
            {
              expr: max(last(metrics.calls, { figure: '="busy-operators"', source: '="seen"' }), 'stream'),
              legend: '{{stream}}',
            },
          ],
          emptyWithout: called,
        },
        {
          kind: 'stat',
          title: 'Calls given up',
          description: 'Of all calls of the steady phase. More than 10 % breaks the contract of the call centre.',
          width: 6,
          unit: 'ratio',
          queries: [{ expr: max(last(metrics.callsAbandoned, { source: '="seen"' }), 'stream'), legend: '{{stream}}' }],
          thresholds: [
            { from: null, color: 'green' },
            { from: 0.05, color: 'orange' },
            { from: 0.1, color: 'red' },
          ],
          emptyWithout: called,
        },
        {
          kind: 'stat',
          title: 'Mean wait',
          description: 'Of all calls of the steady phase, those given up too.',
          width: 6,
          unit: 'seconds',
          queries: [{ expr: max(last(metrics.callWait, { source: '="seen"' }), 'stream'), legend: '{{stream}}' }],
          emptyWithout: called,
        },
        {
          kind: 'time-series',
          title: 'Answered soon',
          description:
            'Share of the calls that an operator took within 90 and 240 seconds. The dashed lines are the gates.',
          width: 12,
          unit: 'ratio',
          queries: [
            within(90),
            within(240),
            { expr: limit({ kind: '="answered"' }), legend: 'limit {{gate}}', isLimit: true },
          ],
          emptyWithout: called,
        },
        {
          kind: 'time-series',
          title: 'Operators: busy of those on shift',
          description: 'Above 90 % the line of callers grows quickly.',
          width: 12,
          unit: 'ratio',
          queries: [
            {
              expr: `${max(series(metrics.rowsUnderWay), 'stream')} / on (stream) ${max(series(metrics.actors, operators), 'stream')}`,
              legend: '{{stream}}',
            },
          ],
          emptyWithout: called,
        },
        {
          kind: 'time-series',
          title: 'Callers in line',
          description: 'Calls that are due and that no operator has taken yet.',
          width: 12,
          unit: 'count',
          queries: [{ expr: ofCalls(max(series(metrics.rowsWaiting), 'stream')), legend: '{{stream}}' }],
          emptyWithout: called,
        },
        {
          kind: 'time-series',
          title: 'Calls an hour: due and given up',
          description: 'Callers give up when their patience ends.',
          width: 12,
          unit: 'perHour',
          queries: [
            { expr: ofCalls(`3600 * ${sum(rate(metrics.rowsDue), 'stream')}`), legend: '{{stream}} due' },
            {
              expr: `3600 * ${sum(rate(metrics.rowsEnded, { outcome: '="abandoned"' }), 'stream')}`,
              legend: '{{stream}} given up',
            },
          ],
          emptyWithout: called,
        },
      ],
    },
    {
      title: 'By queueing theory',
      panels: [
        {
          kind: 'table',
          title: 'Seen beside Erlang A',
          description:
            'Mean wait of all calls: what was seen, and what theory expects of the same calls in the long run.',
          width: 12,
          unit: 'seconds',
          columns: ['stream', 'source'],
          queries: [{ expr: max(last(metrics.callWait), 'stream', 'source'), legend: 'mean wait' }],
          emptyWithout: called,
        },
        {
          kind: 'table',
          title: 'What slower screens cost',
          description:
            'Operators needed for the calls of the run, and calls an hour that all take at most, with each screen slower by so many ms.',
          width: 12,
          unit: 'count',
          columns: ['stream', 'added'],
          queries: [
            { expr: max(last(metrics.operatorsNeeded), 'stream', 'added'), legend: 'operators' },
            { expr: max(last(metrics.callCapacity), 'stream', 'added'), legend: 'calls an hour' },
          ],
          emptyWithout: called,
        },
      ],
    },
  ],
}
