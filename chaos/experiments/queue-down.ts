import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, wellAgain } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, healthRecord } from './streams.ts'

/** The message queue between the systems is down. */
export const queueDown = experimentSchema.parse({
  name: 'queue-down',
  summary: 'The message queue between the systems is down',
  hypothesis: 'Every event is kept, and after the queue is back it arrives once and in order within five minutes',
  scenario: 'regional-day',
  streams: [...bookings, ...healthRecord],
  day: 'monday',
  from: '10:00',
  scale: {},
  phases: usualPhases,
  faults: [{ fault: { kind: 'kill', component: 'queue' }, lastsMs: 40_000 }],
  gates: [
    ...everyGate,
    wellAgain([...bookings, ...healthRecord], 10_000, 'assumption: nobody who writes waits for the queue'),
  ],
  cannot: {
    twin: 'it has no message queue: killing something else under that name would prove nothing',
    docker: 'its systems have no message queue: killing something else under that name would prove nothing',
  },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['queue'],
})
