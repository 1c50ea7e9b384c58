import type { Gate } from '../../model/gate.ts'

/** What every experiment is judged by: its steady state, its measurement, and the promises. */
export const everyGate = [
  {
    name: 'steady-failures',
    kind: 'failures',
    phase: 'steady',
    limitRatio: 0.001,
    why: 'assumption: before the fault errors are within 0.1 %, or nothing can be said of it',
  },
  {
    name: 'steady-quality',
    kind: 'quality',
    phase: 'steady',
    goodWithinMs: 1000,
    minRatio: 0.99,
    minSamples: 50,
    why: 'assumption: before the fault 99 % of the steps are answered within 1 s',
  },
  {
    name: 'timer-lag',
    kind: 'timer-lag',
    phase: 'fault',
    quantile: 0.99,
    limitMs: 50,
    why: 'a load generator later than this has measured itself',
  },
  {
    name: 'after-quality',
    kind: 'quality',
    phase: 'after',
    goodWithinMs: 1000,
    minRatio: 0.99,
    minSamples: 30,
    why: 'assumption: afterwards it is as before, under the same load',
  },
  {
    name: 'integrity',
    kind: 'integrity',
    phase: 'steady',
    limitCount: 0,
    why: 'whatever fails, nothing that was confirmed is lost and nothing is sold twice',
  },
] as const satisfies readonly Gate[]
