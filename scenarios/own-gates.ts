import type { Gate } from '../model/gate.ts'

/** Gates on the measurement and on the promises, which every scenario has. */
export const ownGates = [
  {
    name: 'timer-lag',
    kind: 'timer-lag',
    phase: 'steady',
    quantile: 0.99,
    limitMs: 50,
    why: 'a load generator later than this has measured itself; idle machines show 2 to 13 ms',
  },
  {
    name: 'integrity',
    kind: 'integrity',
    phase: 'steady',
    limitCount: 0,
    why: 'nothing lost, nothing sold twice, nothing shown to others: the reason of the test',
  },
] as const satisfies readonly Gate[]
