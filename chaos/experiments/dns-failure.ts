import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, toldSoon, wellAgain } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings } from './streams.ts'

/** Names are not resolved any more. */
export const dnsFailure = experimentSchema.parse({
  name: 'dns-failure',
  summary: 'The name of the prescription system is not resolved any more',
  hypothesis: 'Names that are known keep bookings going, and who needs a new one is told so within a second',
  scenario: 'regional-day',
  streams: [...bookings],
  day: 'monday',
  from: '10:00',
  scale: {},
  phases: usualPhases,
  faults: [{ fault: { kind: 'dns-failure', component: 'recup→prescriptions' }, lastsMs: 40_000 }],
  gates: [
    ...everyGate,
    toldSoon(bookings, 1000, 'assumption: an error within 1 s (p95), and nothing piles up'),
    wellAgain(bookings, 10_000, 'assumption: a name that is resolved again is used within 10 s'),
  ],
  cannot: {
    twin: 'its systems find each other by address: there is no name that could fail',
    docker: 'the engine answers for the names of containers itself and cannot be told to fail for one of them',
  },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup→prescriptions'],
})
