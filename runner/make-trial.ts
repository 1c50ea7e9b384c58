import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { rngOf } from '../generators/rng.ts'
import type { Trial } from '../model/capacity-record.ts'
import type { Gate } from '../model/gate.ts'
import { type Plan, planSchema, type Slice } from '../model/plan.ts'
import type { RunRecord } from '../model/run-record.ts'
import { measureTrial } from '../results/capacity/measure-trial.ts'
import { run } from './run.ts'
import type { RunRequest } from './run-request.ts'
import type { Attempt } from './search-limit.ts'

/** A trial with what only its run knows. */
export interface Made {
  readonly trial: Trial
  readonly plan: Plan
  readonly provenance: RunRecord['provenance']
}

/** Makes one trial: a whole run of its own, with a seed of its own, in a folder with its name inside the folder of the search. */
export const makeTrial = async (request: RunRequest, { aim, scale }: Attempt, name: string): Promise<Made> => {
  const startedMs = performance.now()
  const dir = join(request.dir, name)
  await mkdir(dir, { recursive: true })
  const slice = timesScale(request.slice, scale)
  const seed = rngOf(request.seed).split(name).uint32()
  const scenario = { ...request.scenario, gates: request.scenario.gates.filter(isObjective) }
  const record = await run({ ...request, scenario, slice, seed, dir, id: `${request.id}-${name}`, isUsual: false })
  const plan = planSchema.parse(JSON.parse(readFileSync(join(dir, 'plan.json'), 'utf8')))
  const tookMs = performance.now() - startedMs
  const trial = await measureTrial({ name, aim, scale, dir, plan, record, tookMs })
  return { trial, plan, provenance: record.provenance }
}

/** A rule that only ends a run early is none: what a hopeless trial still gets done is the breakpoint. */
const isObjective = (gate: Gate): boolean => gate.kind !== 'burn-rate' || gate.endsRun !== true

/** A slice with so many times the arrivals of each of its streams. */
export const timesScale = (slice: Slice, scale: number): Slice => ({
  ...slice,
  scale: Object.fromEntries(
    Object.entries({ '*': 1, ...slice.scale }).map(([stream, factor]) => [stream, factor * scale]),
  ),
})
