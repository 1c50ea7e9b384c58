import { existsSync } from 'node:fs'
import type { Comparison } from '../model/comparison.ts'
import { Failure } from '../model/failure.ts'
import type { RunRecord } from '../model/run-record.ts'
import { runFolderOf } from './run-id.ts'

/** Compares a finished run with a baseline file, or with another finished run. Throws a usage Failure where the loads differ. */
export const compareRuns = async (
  run: string,
  baseline: string,
  floorRatio: number | undefined,
): Promise<{ readonly comparison: Comparison; readonly exitCode: number }> => {
  const { readFinishedRun } = await import('../results/comparison/finished-run.ts')
  const { compare } = await import('../results/comparison/compare.ts')
  const { differences } = await import('../results/comparison/fingerprint.ts')
  const { exitCodeOfComparison } = await import('../results/comparison/with-comparison.ts')
  const { unlike } = await import('../runner/against-baseline.ts')
  const after = await readFinishedRun(runFolderOf(run))
  mustBeBelieved(after.record)
  const before = await readBefore(baseline)
  const differing = differences(before.fingerprint, after.fingerprint)
  if (differing.length > 0) throw unlike(baseline, differing, before.repeat)
  const { id } = after.record
  const sides = { before, after: { name: id, runs: [{ id, steps: after.steps }] } }
  const comparison = compare('baseline', sides, floorRatio)
  return { comparison, exitCode: exitCodeOfComparison(comparison) }
}

/** Half a run, or one whose load generator was late, says nothing of the systems. */
const mustBeBelieved = ({ id, ended, verdict }: RunRecord): void => {
  if (ended === 'completed' && verdict !== 'invalid') return
  throw new Failure(
    'usage',
    `expected a run that was completed and can be believed, got ${id}: ${verdict}, ${ended}`,
    'run it again',
  )
}

const readBefore = async (baseline: string) => {
  if (/\.json$/.test(baseline)) {
    const { blocksOfRun, readBaseline } = await import('../results/comparison/baseline-file.ts')
    const found = readBaseline(baseline)
    if (!found) {
      throw new Failure(
        'usage',
        `expected a baseline in ${baseline}, got no file`,
        'make one: collaudo baseline accept RUN',
      )
    }
    const { fingerprint, repeat, runs } = found
    return { name: baseline, fingerprint, repeat, runs: runs.map((run) => ({ id: run.id, steps: blocksOfRun(run) })) }
  }
  const dir = runFolderOf(baseline)
  if (!existsSync(dir)) {
    throw new Failure(
      'usage',
      `expected a baseline file, or the id or folder of a finished run, got ${baseline}`,
      'collaudo compare runs/ID baselines/NAME.json',
    )
  }
  const { readFinishedRun } = await import('../results/comparison/finished-run.ts')
  const { record, fingerprint, steps } = await readFinishedRun(dir)
  mustBeBelieved(record)
  return { name: record.id, fingerprint, repeat: record.provenance.commandLine, runs: [{ id: record.id, steps }] }
}
