import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, wellAgain } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings } from './streams.ts'

/** The booking service is away while the phones open, and everybody who waited comes at once. */
export const thunderingHerd = experimentSchema.parse({
  name: 'thundering-herd',
  summary:
    'The booking service is away for ten seconds at three times the usual rate; everybody who waited comes at once',
  hypothesis: 'It serves everybody again within 10 s under the same load: nothing keeps it down when its cause is gone',
  scenario: 'regional-day',
  streams: [...bookings],
  day: 'monday',
  from: '10:00',
  scale: { '*': 3 },
  phases: { ...usualPhases, faultMs: 15_000, recoveryMs: 30_000 },
  faults: [{ fault: { kind: 'partition', component: 'recup' }, fromMs: 5000, lastsMs: 10_000 }],
  gates: [
    ...everyGate,
    wellAgain(bookings, 10_000, 'assumption: 95 % of the steps are good again within 10 s of the end'),
    {
      kind: 'amplification',
      name: 'no-storm',
      phase: 'recovery',
      edge: 'recup→prescriptions',
      limitRatio: 2,
      why: 'assumption: calls for each step at most twice the usual; without any retries it is half as many again, since all who waited ask at once',
    },
  ],
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup'],
})
