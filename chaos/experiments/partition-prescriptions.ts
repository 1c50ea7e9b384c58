import { experimentSchema } from '../../model/experiment.ts'
import { acceptancesGoOn, emergenciesGoOn, everyGate, notAskedAgainAndAgain, toldSoon, wellAgain } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, emergencyScale } from './streams.ts'

/** Nothing comes back from the prescription system. */
export const partitionPrescriptions = experimentSchema.parse({
  name: 'partition-prescriptions',
  summary: 'Nothing comes back from the prescription system',
  hypothesis:
    'Who needs a prescription is told so within 2 s, everything else goes on, and nobody asks a dead system again and again',
  scenario: 'regional-day',
  streams: [...bookings, 'emergency'],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  faults: [{ fault: { kind: 'partition', component: 'recup→prescriptions' }, lastsMs: 40_000 }],
  gates: [
    ...everyGate,
    toldSoon(bookings, 2000, 'assumption: a clean refusal within 2 s (p95); a breaker opens within 10 s'),
    acceptancesGoOn,
    emergenciesGoOn('assumption: emergency departments do not depend on prescriptions'),
    notAskedAgainAndAgain,
    wellAgain(bookings, 10_000, 'assumption: a breaker closes again within 10 s'),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup→prescriptions'],
})
