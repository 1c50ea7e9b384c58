import { metrics } from '../../model/metrics.ts'
import { noneIsGood, runVariable, verdictColors, verdictWords } from '../house.ts'
import { failedStepsPanel, promisesPanel, verdictPanel } from '../house-panels.ts'
import { last, limit, orNone, quantile, rate, series, sum, through, whole } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

const unanswered = { answered: '="no"' }

export const runOverview: DashboardSpec = {
  uid: 'collaudo-run-overview',
  title: 'Run overview',
  question: 'Does the system hold the agreed load now?',
  readers: 'the SRE before a go-live',
  tags: ['run'],
  hasFaults: true,
  variables: [runVariable],
  rows: [
    {
      title: 'Verdict',
      panels: [
        verdictPanel({
          description:
            'Of the whole run, once it was judged. FAIL: a gate is broken. INVALID: the measurement is worth nothing, see test-rig health.',
          width: 6,
        }),
        promisesPanel({
          description:
            'Writes that were confirmed and are lost, doubled, half or another’s, found when everything was read back. Any one is a failure.',
          width: 6,
        }),
        {
          kind: 'stat',
          title: 'Failed so far',
          description: 'Of the whole run up to now: refused connections, time-outs, errors of the servers, throttling.',
          width: 6,
          unit: 'ratio',
          queries: [
            {
              expr: `${orNone(sum(whole(metrics.steps, unanswered)))} / ${sum(whole(metrics.steps))}`,
              legend: 'failed',
            },
          ],
          thresholds: [
            { from: null, color: 'green' },
            { from: 0.001, color: 'orange' },
            { from: 0.01, color: 'red' },
          ],
        },
        {
          kind: 'stat',
          title: 'Steps',
          description: 'Answered or not, of the whole run up to now.',
          width: 6,
          unit: 'count',
          queries: [{ expr: sum(whole(metrics.steps)), legend: 'steps' }],
        },
        {
          kind: 'table',
          title: 'Gates',
          description: 'What each gate saw beside its limit, in the unit that it names.',
          width: 24,
          unit: 'none',
          columns: ['gate', 'phase', 'unit'],
          queries: [
            { expr: `max by (gate, phase) (${last(metrics.gateVerdict)})`, legend: 'verdict' },
            { expr: `max by (gate, phase, unit) (${last(metrics.gateObserved)})`, legend: 'observed' },
            { expr: `max by (gate, phase, unit) (${last(metrics.gateLimit)})`, legend: 'limit' },
          ],
          words: verdictWords,
          thresholds: verdictColors,
          emptyWithout: 'a run that was judged',
        },
      ],
    },
    {
      title: 'Load and answers',
      panels: [
        {
          kind: 'time-series',
          title: 'Arrivals: due, taken up, ended',
          description:
            'Due is what the timetable asks for. Where taken up stays below it, nobody is free: the system holds every actor.',
          width: 12,
          unit: 'perSecond',
          queries: [
            { expr: sum(rate(metrics.rowsDue)), legend: 'due' },
            { expr: sum(rate(metrics.rowsStarted)), legend: 'taken up' },
            { expr: sum(rate(metrics.rowsEnded)), legend: 'ended' },
          ],
        },
        failedStepsPanel({
          description: 'Failed / all steps that ended in the last moments. The dashed lines are the gates on failures.',
          width: 12,
        }),
        {
          kind: 'time-series',
          title: 'Answers: how long they take',
          description:
            'Answered steps of all journeys, of the last moments only, so that a recovery is seen. A refused connection takes no time and is not in it.',
          width: 12,
          unit: 'seconds',
          queries: [0.5, 0.95, 0.99].map((q) => ({
            expr: quantile(q, rate(metrics.stepDuration)),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: 'heatmap',
          title: 'Answers: where they lie',
          description:
            'Answered steps by how long they took; two bands are two kinds of answers, which no quantile shows.',
          width: 12,
          unit: 'seconds',
          queries: [{ expr: sum(rate(metrics.stepDuration)), legend: 'steps' }],
        },
        {
          kind: 'time-series',
          title: 'From due to answer',
          description:
            'First steps, from the moment when somebody was due: what a citizen feels, waits for a free actor included. The dashed lines are gates on 95 %.',
          width: 12,
          unit: 'seconds',
          queries: [
            { expr: quantile(0.95, rate(metrics.fromDue), 'journey'), legend: '{{journey}} p95' },
            {
              expr: limit({ kind: '="latency"', unit: '="seconds"', quantile: '="0.95"' }),
              legend: 'limit {{gate}}',
              isLimit: true,
            },
          ],
        },
        {
          kind: 'time-series',
          title: 'Under way and waiting',
          description:
            'Journeys that have begun and not ended, and arrivals that nobody has taken up. Both grow without end where the system does not keep up.',
          width: 12,
          unit: 'count',
          queries: [
            { expr: `sum(${series(metrics.rowsUnderWay)})`, legend: 'under way' },
            { expr: `sum(${series(metrics.rowsWaiting)})`, legend: 'waiting' },
          ],
        },
      ],
    },
    {
      title: 'How it ended',
      isClosed: true,
      panels: [
        {
          kind: 'time-series',
          title: 'Steps by outcome',
          description:
            'Lost races and empty searches are business; failed, throttled, unreachable and timed-out are not.',
          width: 12,
          unit: 'perSecond',
          queries: [{ expr: sum(rate(metrics.steps), 'outcome'), legend: '{{outcome}}' }],
        },
        {
          kind: 'time-series',
          title: 'Journeys by outcome',
          description: 'How journeys end; done is what everybody came for.',
          width: 12,
          unit: 'perSecond',
          queries: [{ expr: sum(rate(metrics.rowsEnded), 'outcome'), legend: '{{outcome}}' }],
        },
        {
          kind: 'table',
          title: 'Steps of the whole run',
          description: 'Latency of the answered ones over the whole run, merged and never averaged.',
          width: 24,
          height: 12,
          unit: 'seconds',
          columns: ['journey', 'step'],
          queries: [0.5, 0.95, 0.99].map((q) => ({
            expr: quantile(q, through(metrics.stepDuration), 'journey', 'step'),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: 'table',
          title: 'Writes read back',
          description: 'What became of every write, and what was found broken.',
          width: 12,
          unit: 'count',
          columns: ['state'],
          queries: [{ expr: `max by (state) (${last(metrics.writes)})`, legend: 'writes' }],
          emptyWithout: 'a run that was judged',
        },
        {
          kind: 'table',
          title: 'Promises broken, by kind',
          description: 'Each names its rows in the report of the run.',
          width: 12,
          unit: 'count',
          columns: ['kind'],
          queries: [{ expr: `max by (kind) (${last(metrics.findings)})`, legend: 'findings' }],
          thresholds: noneIsGood,
          emptyWithout: 'a run that was judged',
        },
      ],
    },
  ],
}
