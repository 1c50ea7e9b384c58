import { Failure } from '../model/failure.ts'
import type { RunRecord } from '../model/run-record.ts'
import { blocksOfRun, readBaseline } from '../results/comparison/baseline-file.ts'
import { compare, noBaseline } from '../results/comparison/compare.ts'
import { differences, fingerprintOf, type Loadable } from '../results/comparison/fingerprint.ts'
import { readStepBlocks } from '../results/comparison/step-blocks.ts'
import { withComparison } from '../results/comparison/with-comparison.ts'

/**
 * Reads a baseline before the load, and compares the run with it afterwards. Throws a usage Failure for a baseline of another
 * load, naming every field that differs; one that is not there makes the verdict `no-baseline`.
 */
export const againstBaseline = async (
  file: string,
  load: Loadable,
): Promise<(record: RunRecord) => Promise<RunRecord>> => {
  const baseline = readBaseline(file)
  if (!baseline) return async (record) => withComparison(record, noBaseline(file, record.id))
  const differing = differences(baseline.fingerprint, await fingerprintOf(load))
  if (differing.length > 0) throw unlike(file, differing, baseline.repeat)
  return async (record) => {
    const steps = await readStepBlocks(load.dir, record.phases)
    const before = { name: file, runs: baseline.runs.map((run) => ({ id: run.id, steps: blocksOfRun(run) })) }
    return withComparison(
      record,
      compare('baseline', { before, after: { name: record.id, runs: [{ id: record.id, steps }] } }),
    )
  }
}

/** Runs of another load cannot be compared. */
export const unlike = (baseline: string, differing: readonly string[], repeat: string): Failure =>
  new Failure(
    'usage',
    `expected the load of ${baseline}, got another:\n${differing.map((line) => `  ${line}`).join('\n')}`,
    `run what was run for it: ${repeat}`,
  )
