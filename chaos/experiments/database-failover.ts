import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, emergencyScale } from './streams.ts'

/** The process that holds the booking database dies while it writes, and another opens its files. */
export const databaseFailover = experimentSchema.parse({
  name: 'database-failover',
  summary: 'The booking database dies while it writes; another process opens what it has left',
  hypothesis: 'Bookings stop for less than 30 s, none that was confirmed is lost, and no slot is sold twice',
  scenario: 'regional-day',
  streams: [...bookings, 'emergency'],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  faults: [{ fault: { kind: 'kill', component: 'recup' }, fromMs: 5000, lastsMs: 30_000 }],
  gates: [
    ...everyGate,
    wellIn('emergencies-go-on', {
      phase: 'fault',
      streams: ['emergency'],
      minRatio: 0.99,
      why: 'assumption: emergency departments do not depend on bookings',
    }),
    wellIn('bookings-go-on', {
      phase: 'fault',
      streams: bookings,
      minRatio: 0.6,
      why: 'assumption: the outage is over well within the fault phase',
    }),
    wellAgain(bookings, 5000, 'assumption: writes are out for less than 30 s, most of which the phase before holds'),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup'],
})
