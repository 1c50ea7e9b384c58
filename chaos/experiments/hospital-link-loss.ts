import { experimentSchema } from '../../model/experiment.ts'
import { everyGate, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { emergencyScale, healthRecord } from './streams.ts'

/** The lines of the hospitals lose packets: some connections stall and break, all are slow. */
export const hospitalLinkLoss = experimentSchema.parse({
  name: 'hospital-link-loss',
  summary: 'The lines of the hospitals lose packets: one connection in ten stalls and breaks, all are 80 ms slower',
  hypothesis: 'Emergency departments work on, slower; what breaks is entered again and nobody is registered twice',
  scenario: 'regional-day',
  streams: ['emergency', ...healthRecord],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale },
  phases: usualPhases,
  faults: [
    { fault: { kind: 'latency', component: 'clients→emergency', delayMs: 80, jitterMs: 20 }, lastsMs: 40_000 },
    {
      fault: { kind: 'stall-and-reset', component: 'clients→emergency', shareRatio: 0.1, stallMs: 1000 },
      lastsMs: 40_000,
    },
  ],
  gates: [
    ...everyGate,
    wellIn('emergencies-go-on', {
      phase: 'fault',
      streams: ['emergency'],
      minRatio: 0.8,
      why: 'assumption: four entries in five go through at once on a line that breaks one connection in ten',
    }),
    wellIn('health-record-goes-on', {
      phase: 'fault',
      streams: healthRecord,
      minRatio: 0.99,
      why: 'assumption: the lines of hospitals are not those of the health record',
    }),
    wellAgain(['emergency'], 5000, 'assumption: a line that is well is used at once'),
  ],
  abort: { streams: healthRecord, limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['clients→emergency'],
})
