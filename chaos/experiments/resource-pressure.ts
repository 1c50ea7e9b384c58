import { experimentSchema } from '../../model/experiment.ts'
import { emergenciesGoOn, everyGate, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, emergencyScale } from './streams.ts'

/** Something else on the machine of the booking service takes its processor and its memory. */
export const resourcePressure = experimentSchema.parse({
  name: 'resource-pressure',
  summary: 'The booking service has a quarter of its processor left, and 200 MB less memory',
  hypothesis: 'Bookings go on within 3 s, emergency departments notice nothing, and no queue is left afterwards',
  scenario: 'regional-day',
  streams: [...bookings, 'emergency'],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  faults: [
    { fault: { kind: 'cpu-pressure', component: 'recup', loadRatio: 0.75 }, lastsMs: 40_000 },
    { fault: { kind: 'memory-pressure', component: 'recup', sizeBytes: 200_000_000 }, lastsMs: 40_000 },
  ],
  gates: [
    ...everyGate,
    wellIn(
      'bookings-go-on',
      { phase: 'fault', streams: bookings, minRatio: 0.95, why: 'assumption: 95 % of booking steps within 3 s' },
      3000,
    ),
    emergenciesGoOn('assumption: emergency departments have machines of their own'),
    wellAgain(bookings, 10_000, 'assumption: what has piled up is worked off within 10 s'),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup'],
})
