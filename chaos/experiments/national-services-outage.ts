import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, notAskedAgainAndAgain, toldSoon, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, emergencyScale, healthRecord } from './streams.ts'

/** The national services fail: prescriptions answer with errors, logins are slow. */
export const nationalServicesOutage = experimentSchema.parse({
  name: 'national-services-outage',
  summary: 'The national services fail: prescriptions answer 503, logins take 1.5 s longer',
  hypothesis:
    'Emergency departments and the health record go on, a booking is refused within 2 s, and afterwards all is as before',
  scenario: 'regional-day',
  streams: [...bookings, 'emergency', ...healthRecord],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  faults: [
    { fault: { kind: 'http-error', component: 'recup→prescriptions', status: 503 }, lastsMs: 40_000 },
    { fault: { kind: 'latency', component: 'clients→identity', delayMs: 1500 }, lastsMs: 40_000 },
  ],
  gates: [
    ...everyGate,
    toldSoon(bookings, 2000, 'assumption: who cannot be served is told so within 2 s (p95)'),
    wellIn(
      'emergencies-go-on',
      {
        phase: 'fault',
        streams: ['emergency'],
        minRatio: 0.99,
        why: 'assumption: a slow login is borne, nothing else is needed',
      },
      2000,
    ),
    wellIn(
      'health-record-goes-on',
      {
        phase: 'fault',
        streams: healthRecord,
        minRatio: 0.99,
        why: 'assumption: a slow login is borne, nothing else is needed',
      },
      2000,
    ),
    notAskedAgainAndAgain,
    wellAgain([...bookings, 'emergency', ...healthRecord], 10_000, 'assumption: a breaker closes again within 10 s'),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup→prescriptions', 'clients→identity'],
})
