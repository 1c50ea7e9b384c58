import type { GateResult, RunRecord } from '../model/run-record.ts'
import type { Ending } from '../model/verdict.ts'
import { formatLimit, formatObserved } from './format.ts'
import type { Reason } from './reason.ts'

/** What a verdict needs to know of the faults of a run. */
interface Faulted {
  readonly ended: Ending
  readonly faults: RunRecord['faults']
}

/** A fault that was made and could not be ended, or whose effect stayed: outranks everything. */
export const unrestored = ({ faults }: Faulted): readonly Reason[] =>
  faults
    .filter(({ injectedMs, goneMs }) => injectedMs !== null && goneMs === null)
    .map(({ kind, component, restoredMs, goneProof }) => ({
      verdict: 'fail',
      text: `${kind} on ${component} ${restoredMs === null ? 'could not be ended' : 'was ended, and its effect stayed'}: ${goneProof}. Run collaudo restore.`,
    }))

/** What was not there proves nothing. */
export const unproven = ({ ended, faults }: Faulted): readonly Reason[] =>
  ended !== 'completed'
    ? []
    : faults
        .filter(({ provenMs, lostProof }) => provenMs === null || lostProof !== null)
        .map(({ kind, component, injectedMs, proof, lostProof }) => {
          const how = injectedMs === null ? 'was not made' : lostProof === null ? 'had no effect' : 'lost its effect'
          return { verdict: 'invalid', text: `${kind} on ${component} ${how}: ${lostProof ?? proof}.` }
        })

/** What an experiment brings along to see whether it was steady before its fault. */
interface Steadied extends Faulted {
  readonly gates: readonly GateResult[]
  readonly experimentGates: readonly string[]
}

/** What was amiss before the fault says that nothing can be concluded of the rest. */
export const steadyReason = (
  gate: GateResult,
  { experimentGates }: Pick<Steadied, 'experimentGates'>,
): readonly Reason[] | undefined => {
  const { name, phase, unit, verdict } = gate
  if (!experimentGates.includes(name) || phase !== 'steady' || unit === 'count' || verdict !== 'fail') return undefined
  const saw = `${name}: ${formatObserved(gate)}, limit ${formatLimit(gate)}`
  return [{ verdict: 'inconclusive', text: `${saw}: what was there before the fault was not steady.` }]
}

/** Gates that were missed prove nothing where it was not steady before, or where the fault was not there. */
export const demoted = (reasons: readonly Reason[], input: Steadied): readonly Reason[] => {
  const isSound = unproven(input).length === 0 && !input.gates.some((gate) => steadyReason(gate, input))
  return isSound ? reasons : reasons.map(({ text }) => ({ verdict: 'inconclusive', text }))
}
