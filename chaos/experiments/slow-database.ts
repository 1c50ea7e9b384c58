import { experimentSchema } from '../../model/experiment.ts'
import { everyGate } from './gates.ts'
import { usualPhases } from './phases.ts'

/** The way to the booking service becomes slow. */
export const slowDatabase = experimentSchema.parse({
  name: 'slow-database',
  summary: 'Every answer of the booking service comes 300 ms late',
  hypothesis: 'Bookings go on within 3 s, and a minute later nothing is left of it',
  scenario: 'recup-day',
  day: 'monday',
  from: '10:00',
  phases: usualPhases,
  faults: [{ fault: { kind: 'latency', component: 'recup', delayMs: 300, jitterMs: 100 }, lastsMs: 40_000 }],
  gates: [...everyGate],
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup'],
})
