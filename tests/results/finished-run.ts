import type { Gate } from '../../model/gate.ts'
import type { Integrity, RunRecord } from '../../model/run-record.ts'
import type { Ending } from '../../model/verdict.ts'
import { judgeRun } from '../../results/judge-run.ts'
import { writeRecord } from '../../results/stored-record.ts'
import { collectorOf, facts, healthyRun, integrity, plan } from './fixture.ts'

/** A run from its CSV to its record, written to a new run folder; healthy unless something is changed. */
export const finishedRun = async (
  changes: {
    csv?: Buffer
    integrity?: Integrity
    ended?: Ending
    endedBecause?: string
    healedMs?: number
    gates?: readonly Gate[]
  } = {},
): Promise<{ readonly dir: string; readonly record: RunRecord }> => {
  const of = { ...plan(), gates: [...(changes.gates ?? plan().gates)] }
  const { collector, dir } = collectorOf(of)
  collector.write(changes.csv ?? healthyRun(of))
  const record = await judgeRun({
    dir,
    plan: of,
    collected: collector.end(),
    integrity: changes.integrity ?? integrity(),
    ended: changes.ended ?? 'completed',
    endedBecause: changes.endedBecause ?? null,
    healedMs: changes.healedMs,
    facts,
  })
  writeRecord(dir, record)
  return { dir, record }
}
