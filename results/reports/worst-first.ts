import type { GateResult } from '../../model/run-record.ts'
import type { Verdict } from '../../model/verdict.ts'

const order: readonly Verdict[] = ['fail', 'regressed', 'invalid', 'inconclusive', 'no-baseline', 'pass', 'improved']

/** Gates in the order in which somebody must see them. */
export const worstFirst = (gates: readonly GateResult[]): readonly GateResult[] =>
  gates.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
