import type { Gate } from '../model/gate.ts'
import type { GateResult } from '../model/run-record.ts'
import type { Verdict } from '../model/verdict.ts'

/** What one gate saw: `observed` is undefined when there was nothing to see. */
export type Observation = Pick<GateResult, 'limit' | 'unit' | 'samples' | 'verdict'> & {
  readonly observed: number | undefined
}
export type GateOf<K extends Gate['kind']> = Extract<Gate, { kind: K }>

/** With too little to see nothing is said. */
export const verdictOf = (isEnough: boolean, isMet: boolean): Verdict =>
  isEnough ? (isMet ? 'pass' : 'fail') : 'inconclusive'
