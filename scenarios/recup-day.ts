import type { Scenario } from '../model/scenario.ts'
import { volumes } from '../region/volumes.ts'

/** A latency gate on the answer of a step, from the moment it was sent. */
const answer = { kind: 'latency', phase: 'steady', from: 'sent', minSamples: 20 } as const

/** The booking service on a working day: calls and web bookings, and acceptances at the counters. */
export const recupDay: Scenario = {
  name: 'recup-day',
  summary: 'Bookings by phone and web and acceptances at the counters, in their share of the ReCUP day',
  streams: [
    {
      name: 'phone',
      demand: 'phone-bookings',
      action: 'book',
      channel: 'phone',
      pool: { kind: 'staff', people: volumes.callCentreOperators.value },
      connection: 'kept',
    },
    { name: 'web', demand: 'web-bookings', action: 'book', channel: 'web', pool: { kind: 'population' }, connection: 'fresh' },
    {
      name: 'counter',
      demand: 'counter-acceptances',
      action: 'accept',
      channel: 'counter',
      pool: { kind: 'population' },
      connection: 'kept',
    },
  ],
  agenda: { depthDays: 30, fillRatio: 0.6, freeSlotsPerBooking: 4 },
  warmUpMs: 10_000,
  drainCapMs: 45_000,
  gates: [
    { ...answer, name: 'search-p95', journey: 'book', step: 'search', quantile: 0.95, limitMs: 1500, why: 'domain study §6: interactive search p95 within 1.5 s (assumption)' },
    { ...answer, name: 'search-p99', journey: 'book', step: 'search', quantile: 0.99, limitMs: 3000, why: 'domain study §6: interactive search p99 within 3 s (assumption)' },
    { ...answer, name: 'hold-p95', journey: 'book', step: 'hold', quantile: 0.95, limitMs: 1000, why: 'domain study §6: hold p95 within 1 s (assumption)' },
    { ...answer, name: 'book-p95', journey: 'book', step: 'book', quantile: 0.95, limitMs: 1000, why: 'domain study §6: book p95 within 1 s (assumption)' },
    { ...answer, name: 'accept-p95', journey: 'accept', step: 'accept', quantile: 0.95, limitMs: 800, why: 'domain study §6: check-in p95 within 0.8 s (assumption)' },
    {
      name: 'caller-identified-p95',
      kind: 'latency',
      phase: 'steady',
      journey: 'book',
      step: 'identify',
      from: 'due',
      quantile: 0.95,
      limitMs: 2000,
      minSamples: 20,
      why: 'from the moment the citizen was due: pagoPA asks for 2 s on a screen (docs.pagopa.it), waiting included',
    },
    { name: 'failures', kind: 'failures', phase: 'steady', limitRatio: 0.001, why: 'domain study §6: errors within 0.1 % (assumption)' },
    {
      name: 'phone-bookings-done',
      kind: 'outcomes',
      phase: 'steady',
      stream: 'phone',
      outcome: 'done',
      minRatio: 0.97,
      why: 'a call that ends without a booking is made again: at most 3 in 100 (assumption)',
    },
    {
      name: 'timer-lag',
      kind: 'timer-lag',
      phase: 'steady',
      quantile: 0.99,
      limitMs: 50,
      why: 'a load generator later than this has measured itself; idle machines show 2 to 13 ms',
    },
    { name: 'integrity', kind: 'integrity', phase: 'steady', limitCount: 0, why: 'no booking lost, no slot sold twice: the reason of the test' },
  ],
}
