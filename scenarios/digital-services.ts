import type { Scenario } from '../model/scenario.ts'
import { mixes } from '../region/mixes.ts'
import { ownGates } from './own-gates.ts'

const answer = { kind: 'latency', phase: 'steady', from: 'sent', quantile: 0.95, minSamples: 20 } as const

/** Documents come into the health record, and citizens read them. */
export const digitalServices: Scenario = {
  name: 'digital-services',
  summary: 'The health record on a working day: documents are published, citizens list and open theirs',
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
      name: 'failures',
      kind: 'failures',
      phase: 'steady',
      limitRatio: 0.001,
      why: 'assumption: errors within 0.1 %',
    },
    ...ownGates,
  ],
}
