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
  phases: { ...usualPhases, faultMs: 5000, recoveryMs: 40_000, afterMs: 25_000 },
  faults: [{ fault: { kind: 'kill', component: 'recup' }, lastsMs: 5000 }],
  gates: [
    ...everyGate,
    wellIn('emergencies-go-on', {
      phase: 'recovery',
      streams: ['emergency'],
      minRatio: 0.99,
      why: 'assumption: emergency departments do not depend on bookings',
    }),
    wellAgain(
      bookings,
      25_000,
      'assumption: writes are out for less than 30 s, five of which the phase of the fault holds',
    ),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup'],
})
