import type { Resilience, RunRecord } from '../model/run-record.ts'
import { brokenPromises } from './judge.ts'

/** What is asked for where an experiment has no gate on it. Assumptions. */
const usualRecoveryMs = 30_000
const usualAmplification = 1.5

/**
 * One number for what users went through, 0 to 1: the geometric mean of
 * (1 − depth) · min(1, wanted / time to recover) · (1 − loss) · min(1, allowed / amplification), so that one that is zero is not averaged
 * away. No score where a veto stands: a broken promise, a fault that stayed or was never there, a run that was not whole or not steady.
 */
export const resilienceScore = (
  record: Pick<RunRecord, 'faults' | 'integrity' | 'ended' | 'verdict' | 'gates' | 'gateDefinitions'>,
  all: Resilience['streams'][number] | undefined,
): number | null => {
  if (!all || hasVeto(record)) return null
  const recoveryMs = limitOf(record, 'recovery') ?? usualRecoveryMs
  const allowed = limitOf(record, 'amplification') ?? usualAmplification
  const observed = observedOf(record, 'amplification') ?? 0
  const parts = [
    1 - all.depthRatio,
    all.toRecoverMs === null ? 0 : Math.min(1, recoveryMs / Math.max(1, all.toRecoverMs)),
    1 - Math.min(1, all.lossRatio),
    Math.min(1, allowed / Math.max(allowed, observed)),
  ]
  return parts.reduce((product, part) => product * Math.max(0, part), 1) ** (1 / parts.length)
}

const hasVeto = ({
  faults,
  integrity,
  ended,
  verdict,
}: Pick<RunRecord, 'faults' | 'integrity' | 'ended' | 'verdict'>): boolean =>
  ended !== 'completed' ||
  verdict === 'invalid' ||
  verdict === 'inconclusive' ||
  brokenPromises(integrity) > 0 ||
  faults.some(({ provenMs, lostProof, goneMs }) => provenMs === null || lostProof !== null || goneMs === null)

type Gated = Pick<RunRecord, 'gates' | 'gateDefinitions'>

const indexOf = ({ gateDefinitions }: Gated, kind: string): number =>
  gateDefinitions.findIndex((gate) => gate.kind === kind)

const limitOf = (record: Gated, kind: string): number | undefined => record.gates[indexOf(record, kind)]?.limit

const observedOf = (record: Gated, kind: string): number | undefined =>
  record.gates[indexOf(record, kind)]?.observed ?? undefined
