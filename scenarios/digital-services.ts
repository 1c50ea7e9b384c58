import type { Scenario } from '../model/scenario.ts'
import { mixes } from '../region/mixes.ts'
import { doneGate } from './done-gate.ts'
import { failuresGate } from './failures-gate.ts'
import { hopelessGate } from './hopeless-gate.ts'
import { ownGates } from './own-gates.ts'

const answer = { kind: 'latency', phase: 'steady', from: 'sent', quantile: 0.95, minSamples: 20 } as const

/** Documents come into the health record, citizens read them, physicians see patients from afar, devices report from home. */
export const digitalServices: Scenario = {
  name: 'digital-services',
  summary:
    'Health record and telemedicine on a working day: documents published and read, televisits, measurements at home',
  slice: { day: 'weekday', from: '00:00', to: '24:00' },
  streams: [
    {
      name: 'publications',
      demand: 'document-publications',
      mix: mixes.publications.value,
      channel: 'hospital',
      pool: { kind: 'population' },
      connection: 'kept',
    },
    {
      name: 'citizens',
      demand: 'record-visits',
      mix: mixes.recordVisits.value,
      channel: 'web',
      pool: { kind: 'population' },
      connection: 'fresh',
    },
    {
      name: 'televisits',
      demand: 'televisits',
      mix: mixes.televisits.value,
      channel: 'practitioner',
      pool: { kind: 'population' },
      connection: 'kept',
    },
    {
      name: 'home',
      demand: 'home-measurements',
      mix: mixes.homeMeasurements.value,
      channel: 'home',
      pool: { kind: 'population' },
      connection: 'fresh',
    },
  ],
  warmUpMs: 10_000,
  drainCapMs: 45_000,
  gates: [
    {
      ...answer,
      name: 'list-p95',
      journey: 'read-reports',
      step: 'list',
      limitMs: 1500,
      why: 'assumption: the list of documents within 1.5 s (p95)',
    },
    {
      ...answer,
      name: 'open-p95',
      journey: 'read-reports',
      step: 'open',
      limitMs: 3000,
      why: 'assumption: a document within 3 s (p95)',
    },
    {
      ...answer,
      name: 'publish-p95',
      journey: 'publish',
      step: 'publish',
      limitMs: 2000,
      why: 'assumption: a document is taken within 2 s (p95), as the validation of the national record',
    },
    {
      ...answer,
      name: 'measure-p95',
      journey: 'measure',
      step: 'report',
      limitMs: 1000,
      why: 'assumption: what is measured at home is taken within 1 s (p95)',
    },
    doneGate('publications', 0.99, 'assumption: at most one document in a hundred is refused'),
    doneGate(
      'citizens',
      0.99,
      'assumption: at most one citizen in a hundred misses a document that is listed, or all of them',
    ),
    doneGate(
      'televisits',
      0.97,
      'assumption: at most three visits in a hundred cannot be held: few end in a short slice',
    ),
    doneGate('home', 0.99, 'assumption: at most one report of a device in a hundred is refused'),
    failuresGate,
    hopelessGate,
    ...ownGates,
  ],
}
