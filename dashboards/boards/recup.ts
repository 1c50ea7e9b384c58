import { metrics } from '../../model/metrics.ts'
import { noneIsGood, runVariable } from '../house.ts'
import { last, limit, orNone, quantile, rate, series, sum, whole } from '../promql.ts'
import type { DashboardSpec } from '../spec.ts'

const booked = 'a scenario with bookings'
const book = { journey: '="book"' }
const done = { outcome: '="done"' }
const hourly = (of: string): string => `3600 * ${of}`

export const recup: DashboardSpec = {
  uid: 'collaudo-recup',
  title: 'ReCUP bookings',
  question: 'Do citizens get their bookings, through every door?',
  readers: 'who answers for ReCUP',
  tags: ['business'],
  hasFaults: true,
  variables: [runVariable],
  rows: [
    {
      title: 'Bookings',
      panels: [
        {
          kind: 'stat',
          title: 'Booked',
          description: 'Bookings that were confirmed, up to now.',
          width: 6,
          unit: 'count',
          queries: [{ expr: sum(whole(metrics.rowsEnded, { ...book, ...done })), legend: 'booked' }],
          emptyWithout: booked,
        },
        {
          kind: 'stat',
          title: 'Booked of those who asked',
          description: 'Confirmed / journeys that ended; those who found nothing, declined or gave up are in the rest.',
          width: 6,
          unit: 'ratio',
          queries: [
            {
              expr: `${sum(whole(metrics.rowsEnded, { ...book, ...done }))} / ${sum(whole(metrics.rowsEnded, book))}`,
              legend: 'booked',
            },
          ],
          emptyWithout: booked,
        },
        {
          kind: 'stat',
          title: 'Accepted at desks',
          description: 'Patients who came with a booking and were accepted, up to now.',
          width: 6,
          unit: 'count',
          queries: [{ expr: sum(whole(metrics.rowsEnded, { journey: '="accept"', ...done })), legend: 'accepted' }],
          emptyWithout: 'a scenario with acceptances',
        },
        {
          kind: 'stat',
          title: 'Slots sold twice',
          description: 'Found when everything was read back: two citizens at one time before one doctor.',
          width: 6,
          unit: 'count',
          queries: [{ expr: sum(last(metrics.findings, { kind: '="double-booked"' })), legend: 'twice' }],
          thresholds: noneIsGood,
          emptyWithout: 'a run that was judged',
        },
        {
          kind: 'time-series',
          title: 'Bookings an hour, over the day’s curve',
          description:
            'Asked for: by the timetable, drawn from the day’s curve. Confirmed has to follow it, at the rate of those who find a slot.',
          width: 12,
          unit: 'perHour',
          queries: [
            { expr: hourly(sum(rate(metrics.rowsDue, book))), legend: 'asked for' },
            { expr: hourly(sum(rate(metrics.rowsEnded, { ...book, ...done }))), legend: 'confirmed' },
          ],
          emptyWithout: booked,
        },
        {
          kind: 'time-series',
          title: 'Through which door',
          description: 'Bookings confirmed in an hour, by stream: phone, web, counters, pharmacies, private providers.',
          width: 12,
          unit: 'perHour',
          queries: [
            { expr: hourly(sum(rate(metrics.rowsEnded, { ...book, ...done }), 'stream')), legend: '{{stream}}' },
          ],
          emptyWithout: booked,
        },
        {
          kind: 'time-series',
          title: 'Screens of a booking',
          description:
            '95th percentile of each step that was answered. The dashed lines are gates on the latency of bookings.',
          width: 12,
          unit: 'seconds',
          queries: [
            { expr: quantile(0.95, rate(metrics.stepDuration, book), 'step'), legend: '{{step}}' },
            {
              expr: limit({ ...book, kind: '="latency"', unit: '="seconds"', quantile: '="0.95"' }),
              legend: 'limit {{gate}}',
              isLimit: true,
            },
          ],
          emptyWithout: booked,
        },
        {
          kind: 'time-series',
          title: 'How bookings end',
          description: 'Lost races and empty agendas are the day’s business; failed is not.',
          width: 12,
          unit: 'perHour',
          queries: [{ expr: hourly(sum(rate(metrics.rowsEnded, book), 'outcome')), legend: '{{outcome}}' }],
          emptyWithout: booked,
        },
        {
          kind: 'time-series',
          title: 'Operations an hour',
          description:
            'Everything that was done, by journey: bookings, acceptances, moves, cancellations, tickets paid, prescriptions taken in charge.',
          width: 12,
          unit: 'perHour',
          queries: [{ expr: hourly(sum(rate(metrics.rowsEnded, done), 'journey')), legend: '{{journey}}' }],
        },
        {
          kind: 'time-series',
          title: 'Who waits',
          description:
            'Arrivals that are due and that nobody has taken up, by stream; on the phone these are the callers in line.',
          width: 12,
          unit: 'count',
          queries: [{ expr: orNone(sum(series(metrics.rowsWaiting), 'stream')), legend: '{{stream}}' }],
        },
      ],
    },
  ],
}
