import { join } from 'node:path'
import type { BaselineRun, Fingerprint } from '../../model/baseline.ts'
import { Failure } from '../../model/failure.ts'
import { type Plan, planSchema } from '../../model/plan.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { readDocument } from '../stored-document.ts'
import { readRecord } from '../stored-record.ts'
import { fingerprintOf } from './fingerprint.ts'
import { readStepBlocks, type StepBlocks } from './step-blocks.ts'

/** A run that is over, with what a comparison needs of it. */
export interface FinishedRun {
  readonly record: RunRecord
  readonly fingerprint: Fingerprint
  readonly steps: readonly StepBlocks[]
}

/** Reads a run folder. Throws a usage Failure naming what is wrong with it. */
export const readFinishedRun = async (dir: string): Promise<FinishedRun> => {
  const record = readRecord(dir)
  const plan = readPlan(dir)
  const { experiment, faults, target, environment, provenance } = record
  const fingerprint = await fingerprintOf({
    dir,
    plan,
    experiment: experiment === null ? undefined : { name: experiment, faults: faults.map(({ fault }) => fault) },
    target,
    environment,
    k6: provenance.k6,
    host: provenance.host,
  })
  const steps = await readStepBlocks(dir, record.phases)
  if (steps.length > 0) return { record, fingerprint, steps }
  throw new Failure(
    'usage',
    `expected a run with requests in its judged phases in ${dir}, got none`,
    'choose a run that was not broken off before its load',
  )
}

const readPlan = (dir: string): Plan =>
  readDocument({
    what: 'the plan of a run',
    path: join(dir, 'plan.json'),
    schema: planSchema,
    mend: 'name the folder of a finished run',
  })

/** A run as it stands in a baseline. */
export const baselineRunOf = ({ record, steps }: FinishedRun): BaselineRun => ({
  id: record.id,
  startedAt: record.startedAt,
  targetVersions: record.provenance.targetVersions,
  steps: steps.map(({ blocks, ...where }) => ({
    ...where,
    answered: blocks.map(({ answered }) => [...answered.toJSON()]),
    failed: blocks.map(({ failed }) => failed),
  })),
})
