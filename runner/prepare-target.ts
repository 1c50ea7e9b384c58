import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../clients/token.ts'
import type { Plan } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Target } from '../model/target.ts'
import type { DrawnPlan } from '../planner/drawn-plan.ts'
import { writeRunFolder } from '../planner/run-folder.ts'
import { guardScenario } from './guard-rails.ts'
import { lockTarget } from './lock.ts'
import { mustCarry } from './must-carry.ts'
import { openTarget } from './open-target.ts'
import { preflightAll } from './preflight.ts'
import { prepare } from './prepare.ts'

export interface PrepareTargetRequest {
  readonly scenario: Scenario
  readonly drawn: DrawnPlan
  readonly target: Target
  /** Where run folders lie. */
  readonly runsDir: string
  readonly env: Environment
  readonly signal: AbortSignal
  readonly onLoaded: (loaded: number, total: number) => void
}

/** Data that lies ready on a target for one run of a plan. */
export interface Prepared {
  readonly target: string
  readonly namespace: string
  /** Day 0 of the loaded agendas. */
  readonly dayZeroUnixMs: number
  readonly resources: number
  readonly seconds: number
}

export const dayZeroOf = (nowUnixMs: number): number => Math.floor(nowUnixMs / 86_400_000) * 86_400_000

const folderOf = (runsDir: string, fingerprint: string, target: string): string =>
  join(runsDir, `prepared-${target}-${fingerprint.slice(0, 12)}`)

/** What a run has left must not pass for what the next one writes: each use has a namespace of its own. */
const usesFile = 'uses'

/** `uses`: runs that have used up such a preparation before. */
export const preparedNamespace = (fingerprint: string, uses: number): string =>
  `p${fingerprint.slice(0, 12)}${uses === 0 ? '' : `-${uses + 1}`}`

const usesOf = async (dir: string): Promise<number> =>
  Number(await readFile(join(dir, usesFile), 'utf8').catch(() => '0'))

/** Loads a plan's data ahead of its run. Run again after it was broken off, it completes; ids make that safe. */
export const prepareTarget = async ({
  scenario,
  drawn,
  target,
  runsDir,
  env,
  signal,
  onLoaded,
}: PrepareTargetRequest): Promise<Prepared> => {
  guardScenario(scenario, target)
  const unlock = await lockTarget(runsDir, target.name)
  try {
    const { systems } = drawn.plan
    const open = await openTarget(target, { systems, env, defects: [], dataDir: '' })
    const clients = open.clients(signal)
    mustCarry(scenario.streams, await preflightAll(systems, clients))
    const dir = folderOf(runsDir, drawn.plan.fingerprint, target.name)
    await writeRunFolder(dir, drawn)
    const namespace = preparedNamespace(drawn.plan.fingerprint, await usesOf(dir))
    const dayZeroUnixMs = dayZeroOf(Date.now())
    const startedMs = performance.now()
    const resources = await prepare({
      dir,
      plan: drawn.plan,
      namespace,
      clients,
      dayZeroUnixMs,
      signal,
      onLoaded,
    })
    const prepared = {
      target: target.name,
      namespace,
      dayZeroUnixMs,
      resources,
      seconds: (performance.now() - startedMs) / 1000,
    }
    await writeFile(join(dir, 'prepared.json'), `${JSON.stringify(prepared)}\n`)
    return prepared
  } finally {
    await unlock()
  }
}

export interface PreparedRequest {
  readonly runsDir: string
  readonly plan: Pick<Plan, 'fingerprint'>
  readonly target: string
  readonly dayZeroUnixMs: number
}

/**
 * The data that `prepare` has left for this plan on this target and day, or undefined. It serves one run: taking it uses it up.
 */
export const takePrepared = async (request: PreparedRequest): Promise<Prepared | undefined> => {
  const dir = folderOf(request.runsDir, request.plan.fingerprint, request.target)
  const file = join(dir, 'prepared.json')
  const text = await readFile(file, 'utf8').catch(() => '')
  if (text === '') return undefined
  const prepared: Prepared = JSON.parse(text)
  await writeFile(file, '')
  await writeFile(join(dir, usesFile), String((await usesOf(dir)) + 1))
  return prepared.dayZeroUnixMs === request.dayZeroUnixMs ? prepared : undefined
}
