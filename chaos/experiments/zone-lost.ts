import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, emergencyScale, healthRecord } from './streams.ts'

/** A data centre is gone: one of two replicas of each system. */
export const zoneLost = experimentSchema.parse({
  name: 'zone-lost',
  summary: 'One of two data centres cannot be reached: a replica of each system is cut off',
  hypothesis: 'The other data centre takes over within seconds: nine steps in ten go on, and its return is not noticed',
  scenario: 'regional-day',
  streams: [...bookings, 'emergency', ...healthRecord],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  replicas: { recup: 2, emergency: 2, reports: 2 },
  faults: [
    { fault: { kind: 'partition', component: 'recup#2' }, lastsMs: 40_000 },
    { fault: { kind: 'partition', component: 'emergency#2' }, lastsMs: 40_000 },
    { fault: { kind: 'partition', component: 'reports#2' }, lastsMs: 40_000 },
  ],
  gates: [
    ...everyGate,
    wellIn('bookings-go-on', {
      phase: 'fault',
      streams: bookings,
      minRatio: 0.9,
      why: 'assumption: the time until the lost half is noticed costs at most one booking step in ten',
    }),
    wellIn('emergencies-go-on', {
      phase: 'fault',
      streams: ['emergency'],
      minRatio: 0.9,
      why: 'assumption: at most one entry in ten has to be made again while the lost half is noticed',
    }),
    wellAgain(
      [...bookings, 'emergency', ...healthRecord],
      10_000,
      'assumption: the return of the other half is not noticed',
    ),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.6 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup#2', 'emergency#2', 'reports#2'],
})
