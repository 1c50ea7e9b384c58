import type { Gate } from '../model/gate.ts'

/** Journeys of a stream that come to their end. */
export const doneGate = (stream: string, limitRatio: number, why: string): Extract<Gate, { kind: 'outcomes' }> => ({
  name: `${stream}-done`,
  kind: 'outcomes',
  phase: 'steady',
  stream,
  outcome: 'done',
  bound: 'at-least',
  limitRatio,
  why,
})
