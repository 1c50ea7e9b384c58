import { experimentSchema } from '../../model/experiment.ts'
import { acceptancesGoOn, emergenciesGoOn, everyGate, toldSoon, wellAgain } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, emergencyScale } from './streams.ts'

/** The certificate of the prescription system has expired, and connections have to be made anew. */
export const certificateExpiry = experimentSchema.parse({
  name: 'certificate-expiry',
  summary: 'The certificate of the prescription system has expired, and connections have to be made anew',
  hypothesis: 'Bookings are refused within 2 s, everything else goes on, and with a good certificate all is as before',
  scenario: 'regional-day',
  streams: [...bookings, 'emergency'],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  encrypted: ['recup→prescriptions'],
  faults: [
    { fault: { kind: 'expired-certificate', component: 'recup→prescriptions' }, lastsMs: 40_000 },
    { fault: { kind: 'reset', component: 'recup→prescriptions' }, fromMs: 500, lastsMs: 1500 },
  ],
  gates: [
    ...everyGate,
    toldSoon(bookings, 2000, 'assumption: who cannot be served is told so within 2 s (p95)'),
    acceptancesGoOn,
    emergenciesGoOn('assumption: emergency departments do not depend on prescriptions'),
    wellAgain(bookings, 10_000, 'assumption: a breaker closes again within 10 s'),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup→prescriptions'],
})
