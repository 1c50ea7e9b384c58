import type { Gate } from '../model/gate.ts'

/** Failed requests of everybody. */
export const failuresGate: Gate = {
  name: 'failures',
  kind: 'failures',
  phase: 'steady',
  limitRatio: 0.001,
  why: 'assumption: errors within 0.1 %',
}
