import { experimentSchema } from '../../model/experiment.ts'
import { emergenciesGoOn, everyGate, toldSoon, wellAgain, wellIn } from './gates.ts'
import { usualPhases } from './phases.ts'
import { emergencyScale } from './streams.ts'

/** The disk of the image archive is full. */
export const imageArchiveFull = experimentSchema.parse({
  name: 'image-archive-full',
  summary: 'The disk of the image archive is full',
  hypothesis:
    'No image that was confirmed is lost, what is there can be read, and devices store again as soon as there is room',
  scenario: 'regional-day',
  streams: ['modalities', 'radiologists', 'emergency'],
  day: 'monday',
  from: '10:00',
  scale: { emergency: emergencyScale, modalities: 3, radiologists: 0.5 },
  phases: usualPhases,
  faults: [{ fault: { kind: 'disk-full', component: 'imaging.store' }, lastsMs: 40_000 }],
  gates: [
    ...everyGate,
    wellIn('reading-goes-on', {
      phase: 'fault',
      streams: ['radiologists'],
      minRatio: 0.95,
      why: 'assumption: what is stored can be read while nothing can be stored',
    }),
    emergenciesGoOn('assumption: emergency departments do not depend on the archive'),
    toldSoon(['modalities'], 2000, 'assumption: a device is told within 2 s that its images were not taken'),
    wellAgain(['modalities', 'radiologists'], 10_000, 'assumption: devices store again within 10 s'),
  ],
  abort: { streams: ['emergency'], limitRatio: 0.2 },
  environments: ['embedded', 'development', 'staging'],
  blastRadius: ['imaging.store'],
})
