import { rm } from 'node:fs/promises'
import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { RunRecord } from '../model/run-record.ts'
import { blocksOfRun, readBaseline } from '../results/comparison/baseline-file.ts'
import { compare, noBaseline } from '../results/comparison/compare.ts'
import { differences, fingerprintOf, type Loadable } from '../results/comparison/fingerprint.ts'
import { readStepBlocks } from '../results/comparison/step-blocks.ts'
import { withComparison } from '../results/comparison/with-comparison.ts'
import type { OpenTarget } from './open-target.ts'

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

/** A run that is about to begin its load. */
interface Beginning extends Pick<Loadable, 'dir' | 'plan'> {
  readonly experiment: Experiment | undefined
  readonly open: Pick<OpenTarget, 'target'>
  readonly provenance: RunRecord['provenance']
}

/** The same where a baseline may have been asked for; a run that is refused leaves no folder. */
export const comparedWith = async (
  baseline: string | undefined,
  { dir, plan, experiment, open, provenance }: Beginning,
): Promise<(record: RunRecord) => Promise<RunRecord>> => {
  if (baseline === undefined) return async (record) => record
  const faulted = experiment && { name: experiment.name, faults: experiment.faults.map(({ fault }) => fault) }
  const { name: target, environment } = open.target
  try {
    return await againstBaseline(baseline, { dir, plan, experiment: faulted, target, environment, ...provenance })
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw error
  }
}

/** Runs of another load cannot be compared. */
export const unlike = (baseline: string, differing: readonly string[], repeat: string): Failure =>
  new Failure(
    'usage',
    `expected the load of ${baseline}, got another:\n${differing.map((line) => `  ${line}`).join('\n')}`,
    `run what was run for it: ${repeat}`,
  )
