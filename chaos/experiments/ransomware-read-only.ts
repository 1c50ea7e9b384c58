import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, toldSoon, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { bookings, emergencyScale, healthRecord } from './streams.ts'

/** Somebody has locked the disks: everything can be read and nothing written. */
export const ransomwareReadOnly = experimentSchema.parse({
  name: 'ransomware-read-only',
  summary: 'The disks of bookings and emergency departments cannot be written any more',
  hypothesis:
    'What is there can be read, who wants to write is told so within 2 s, nothing is half written, and work goes on as soon as the disks do',
  scenario: 'regional-day',
  streams: [...bookings, 'emergency', ...healthRecord],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  faults: [
    { fault: { kind: 'read-only-storage', component: 'recup.store' }, lastsMs: 40_000 },
    { fault: { kind: 'read-only-storage', component: 'emergency.store' }, lastsMs: 40_000 },
  ],
  gates: [
    ...everyGate,
    toldSoon([...bookings, 'emergency'], 2000, 'assumption: who cannot write is told so within 2 s (p95)'),
    wellIn('reading-goes-on', {
      phase: 'fault',
      streams: ['web'],
      minRatio: 0.5,
      why: 'assumption: citizens still see who they are, their prescriptions and free slots; only what they want to have is refused',
    }),
    wellIn('health-record-goes-on', {
      phase: 'fault',
      streams: healthRecord,
      minRatio: 0.99,
      why: 'assumption: the health record has disks of its own',
    }),
    wellAgain([...bookings, 'emergency'], 5000, 'assumption: a disk that can be written is used at once'),
  ],
  abort: { streams: healthRecord, limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['recup.store', 'emergency.store'],
})
