import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunRecord } from '../../../model/run-record.ts'
import { judgeRun } from '../../../results/judge-run.ts'
import { writeRecord } from '../../../results/stored-record.ts'
import { collectorOf, facts, healthyRun, integrity, plan } from '../fixture.ts'

/** A finished run with all that a comparison reads: its searches slower by a factor, some of its record and plan changed. */
export const comparableRun = async (
  changes: { searchFactor?: number; record?: Partial<RunRecord>; script?: string; rows?: number } = {},
): Promise<{ readonly dir: string; readonly record: RunRecord }> => {
  const of = plan(changes.rows ?? 800)
  const { collector, dir } = collectorOf(of)
  collector.write(healthyRun(of, changes.searchFactor))
  const collected = collector.end()
  const judged = await judgeRun({
    dir,
    plan: of,
    collected,
    integrity: integrity(),
    ended: 'completed',
    endedBecause: null,
    facts,
  })
  const record = { ...judged, ...changes.record }
  writeRecord(dir, record)
  writeFileSync(join(dir, 'plan.json'), JSON.stringify(of))
  writeFileSync(join(dir, 'script.js'), changes.script ?? 'export default () => {}')
  return { dir, record }
}
