import { experimentSchema } from '../../model/experiment.ts'
import { emergenciesGoOn, everyGate, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, emergencyScale } from './streams.ts'

/** Every commit and every read of the booking database waits for its disk. */
export const slowDatabase = experimentSchema.parse({
  name: 'slow-database',
  summary: 'The disk of the booking database answers 200 ms later',
  hypothesis:
    'Bookings are slower and go on within 3 s, emergency departments notice nothing, and no queue is left afterwards',
  scenario: 'regional-day',
  streams: [...bookings, 'emergency'],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  faults: [{ fault: { kind: 'slow-storage', component: 'recup.store', delayMs: 200 }, lastsMs: 40_000 }],
  gates: [
    ...everyGate,
    wellIn(
      'bookings-go-on',
      {
        phase: 'fault',
        streams: bookings,
        minRatio: 0.95,
        why: 'assumption: 95 % of booking steps within 3 s, as the limit of an interactive search (p99)',
      },
      3000,
    ),
    emergenciesGoOn('assumption: emergency departments do not depend on bookings'),
    wellAgain(bookings, 10_000, 'assumption: what has piled up is worked off within 10 s'),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.2 },
  cannot: { docker: 'the engine cannot make a volume slow' },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup.store'],
})
