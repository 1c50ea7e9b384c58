import type { Scenario } from '../model/scenario.ts'
import { mixes } from '../region/mixes.ts'
import { doneGate } from './done-gate.ts'
import { failuresGate } from './failures-gate.ts'
import { hopelessGate } from './hopeless-gate.ts'
import { ownGates } from './own-gates.ts'

const answer = { kind: 'latency', phase: 'steady', from: 'sent', quantile: 0.95, minSamples: 20 } as const

/** Diagnostic images: devices store studies, radiologists read them beside earlier ones, other hospitals fetch them. */
export const imagingDay: Scenario = {
  name: 'imaging-day',
  summary: 'Diagnostic images on a working day: studies stored, read with earlier ones, fetched by other hospitals',
  slice: { day: 'weekday', from: '00:00', to: '24:00' },
  streams: [
    {
      name: 'modalities',
      demand: 'imaging-studies',
      mix: mixes.studies.value,
      channel: 'modality',
      pool: { kind: 'population' },
      connection: 'kept',
    },
    {
      name: 'radiologists',
      demand: 'imaging-readings',
      mix: mixes.readings.value,
      channel: 'radiologist',
      pool: { kind: 'population' },
      connection: 'kept',
    },
    {
      name: 'sharing',
      demand: 'imaging-sharings',
      mix: mixes.sharings.value,
      channel: 'hospital',
      pool: { kind: 'population' },
      connection: 'kept',
    },
  ],
  warmUpMs: 10_000,
  drainCapMs: 45_000,
  gates: [
    {
      ...answer,
      name: 'worklist-p95',
      journey: 'read-study',
      step: 'worklist',
      limitMs: 1500,
      why: 'assumption: the list of what is to be read within 1.5 s (p95)',
    },
    {
      ...answer,
      name: 'first-image-p95',
      journey: 'read-study',
      step: 'first-image',
      limitMs: 2000,
      why: 'assumption: the first image within 2 s (p95)',
    },
    {
      ...answer,
      name: 'store-p95',
      journey: 'store-study',
      step: 'store',
      limitMs: 1000,
      why: 'assumption: 20 MB a second for each device: the largest body, 20 MB, within 1 s (p95)',
    },
    doneGate('modalities', 0.99, 'assumption: at most one study in a hundred has to be sent again'),
    doneGate(
      'radiologists',
      0.97,
      'assumption: at most three readings in a hundred lack an image: few end in a short slice',
    ),
    failuresGate,
    hopelessGate,
    ...ownGates,
  ],
}
