import type { Scenario } from '../model/scenario.ts'
import { mixes } from '../region/mixes.ts'
import { doneGate } from './done-gate.ts'
import { ownGates } from './own-gates.ts'

const read = {
  kind: 'latency',
  phase: 'steady',
  from: 'sent',
  journey: 'emergency',
  quantile: 0.95,
  // Five minutes of the region hold hardly more of some steps; of ten the slowest has to meet the limit.
  minSamples: 10,
} as const

const writeGate = (step: string) =>
  ({
    ...read,
    name: `${step}-p95`,
    step,
    limitMs: 500,
    why: 'assumption: what is entered about an emergency is answered within 0.5 s (p95)',
  }) as const

/** All emergency departments of the region: who comes, what is ordered and found, and how it ends. */
export const emergencyMonth: Scenario = {
  name: 'emergency-month',
  summary:
    'A month of the 39 emergency departments: accesses, triage, orders, results, images, reports, discharges, observation, transfers; the public board',
  slice: { day: 'monday', from: '00:00', to: '24:00', days: '30' },
  streams: [
    {
      name: 'emergency',
      demand: 'emergency-accesses',
      mix: [{ action: 'emergency', weight: 1 }],
      channel: 'emergency',
      pool: { kind: 'population' },
      connection: 'kept',
    },
    {
      name: 'emergency-images',
      follows: { kind: 'images', stream: 'emergency' },
      mix: mixes.studies.value,
      channel: 'modality',
      pool: { kind: 'population' },
      connection: 'kept',
    },
    {
      name: 'transfers',
      follows: { kind: 'transfers', stream: 'emergency' },
      mix: mixes.fetches.value,
      channel: 'hospital',
      pool: { kind: 'population' },
      connection: 'kept',
    },
    {
      name: 'board',
      demand: 'board-visits',
      mix: mixes.boardVisits.value,
      channel: 'web',
      pool: { kind: 'population' },
      connection: 'fresh',
    },
  ],
  warmUpMs: 10_000,
  drainCapMs: 45_000,
  gates: [
    writeGate('register'),
    writeGate('triage'),
    writeGate('order'),
    writeGate('result'),
    {
      ...read,
      name: 'chart-p95',
      step: 'chart',
      limitMs: 800,
      why: 'assumption: what is read of an emergency is answered within 0.8 s (p95)',
    },
    {
      name: 'emergency-failures',
      kind: 'failures',
      phase: 'steady',
      streams: ['emergency', 'emergency-images', 'transfers'],
      limitRatio: 0.0005,
      why: 'assumption: errors of emergency departments within 0.05 %',
    },
    {
      name: 'events-done',
      kind: 'outcomes',
      phase: 'steady',
      stream: 'emergency',
      outcome: 'done',
      bound: 'at-least',
      limitRatio: 0.995,
      why: 'assumption: at most one event in 200 is refused, or finds that the one before it is missing',
    },
    {
      ...doneGate('emergency-images', 0.99, 'assumption: at most one study in a hundred has to be sent again'),
      minSamples: 0,
    },
    {
      ...doneGate('transfers', 0.97, 'assumption: at most three transferred patients in a hundred lack their images'),
      minSamples: 0,
    },
    {
      ...read,
      name: 'board-p95',
      journey: 'watch-board',
      step: 'look',
      limitMs: 1500,
      why: 'assumption: the public board of all departments within 1.5 s (p95)',
    },
    doneGate('board', 0.99, 'assumption: at most one visitor in a hundred sees a board that lacks a department'),
    ...ownGates,
  ],
}
