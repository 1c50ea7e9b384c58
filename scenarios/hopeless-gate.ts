import type { Gate } from '../model/gate.ts'

/** Where half of all requests go wrong for half a minute the verdict is known, and nothing is learned by going on. */
export const hopelessGate: Gate = {
  name: 'hopeless',
  kind: 'burn-rate',
  phase: 'steady',
  goodWithinMs: 10_000,
  objectiveRatio: 0.95,
  longMs: 30_000,
  shortMs: 5000,
  limitTimes: 10,
  minSamples: 200,
  endsRun: true,
  why: 'assumption: half of all requests failing, or without an answer within 10 s, for half a minute',
}
