import type { Scenario } from '../model/scenario.ts'
import { ownGates } from './own-gates.ts'

/** Free slots of the agenda that opens. */
const slots = 300

/** A latency gate on the answer of a step, from the moment it was sent. */
const answer = { kind: 'latency', phase: 'steady', from: 'sent', journey: 'book', minSamples: 100 } as const

/** The agenda of a scarce service opens at 8: 2,000 citizens a minute want its 300 slots. */
export const agendaRelease: Scenario = {
  name: 'agenda-release',
  summary: 'An agenda opens at 08:00: 2,000 citizens a minute want its 300 slots, each of which may be sold once',
  slice: { day: 'weekday', from: '08:00', to: '08:01' },
  streams: [
    {
      name: 'rush',
      demand: 'agenda-release',
      mix: [{ action: 'book', weight: 1 }],
      channel: 'app',
      pool: { kind: 'population' },
      connection: 'fresh',
    },
  ],
  // Ultrasound of the breast: the service with the longest waits (romanews24h.com).
  agenda: { kind: 'scarce', service: '88.73.1', priority: 'P', visit: 'ROUTINE', slots },
  searchArea: 'region',
  warmUpMs: 2000,
  drainCapMs: 60_000,
  gates: [
    {
      name: 'sold-out',
      kind: 'total',
      phase: 'steady',
      stream: 'rush',
      outcome: 'done',
      count: slots,
      why: 'as many bookings as there are slots: none sold twice, none left held',
    },
    {
      ...answer,
      name: 'search-p95',
      step: 'search',
      quantile: 0.95,
      limitMs: 1500,
      why: 'assumption: interactive search p95 within 1.5 s, in a rush too',
    },
    {
      ...answer,
      name: 'told-p99',
      step: 'hold',
      quantile: 0.99,
      limitMs: 3000,
      why: 'who is late is told so within 3 s: assumption',
    },
    {
      ...answer,
      name: 'book-p95',
      step: 'book',
      quantile: 0.95,
      limitMs: 1000,
      why: 'assumption: book p95 within 1 s',
    },
    {
      name: 'failures',
      kind: 'failures',
      phase: 'steady',
      limitRatio: 0.001,
      why: 'assumption: errors within 0.1 %; being late is no error',
    },
    ...ownGates,
  ],
}
