import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Environment } from '../../clients/token.ts'
import { Failure } from '../../model/failure.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { Split } from '../../model/split.ts'
import type { Target } from '../../model/target.ts'
import type { DrawnPlan } from '../../planner/drawn-plan.ts'
import { writeRunFolder } from '../../planner/run-folder.ts'
import { writeDocument } from '../../results/stored-document.ts'
import { zeroOf } from '../begin-together.ts'
import { guardScenario } from '../guard-rails.ts'
import { k6Environment } from '../k6-environment.ts'
import { hasLargeBodies, heapGrowthPercent } from '../k6-process.ts'
import { loadData } from '../load-data.ts'
import { lockTarget } from '../lock.ts'
import { mustCarry } from '../must-carry.ts'
import { type OpenTarget, openTarget } from '../open-target.ts'
import { preflightAll, versionsOf } from '../preflight.ts'
import { provenanceOf } from '../provenance.ts'
import type { RunEvents } from '../run-request.ts'
import { smoke } from '../smoke.ts'
import { type KubernetesOptions, kubernetesManifests } from './kubernetes-manifests.ts'
import { type PartEnvironment, partScript } from './part-script.ts'

export interface SplitRequest {
  readonly scenario: Scenario
  readonly drawn: DrawnPlan
  readonly target: Target
  readonly parts: number
  /** When the load is to begin, Unix ms: asked once all is ready. */
  readonly zero: (nowUnixMs: number) => number
  readonly id: string
  /** Empty. */
  readonly dir: string
  readonly runsDir: string
  readonly k6: string
  readonly env: Environment
  readonly commandLine: string
  readonly kubernetes: KubernetesOptions
  readonly signal: AbortSignal
  readonly events: Pick<RunEvents, 'phase' | 'loading'>
}

/** Folders and files of a split: the plan and the script, what the parts bring back, and where the systems are. */
export const loadFolder = 'load'
export const resultsFolder = 'results'
export const splitFile = 'split.json'

/** Before its actors start, each part looks at the target's clock. */
const leastLeadMs = 5000

/** Everything that a run does before its load, and then a folder from which machines apart make that load together. */
export const split = async (request: SplitRequest): Promise<Split> => {
  const { scenario, drawn, target, env, dir, runsDir, signal } = request
  guardScenario(scenario, target)
  refuseWhatCannotBeSplit(drawn)
  refuseFilesOfThisMachine(target)
  const unlock = await lockTarget(runsDir, target.name)
  try {
    const open = await openTarget(target, { systems: drawn.plan.systems, env, defects: [], dataDir: '' })
    const reached = await preflightAll(drawn.plan.systems, open.clients(signal))
    mustCarry(scenario.streams, reached)
    await writeRunFolder(join(dir, loadFolder), drawn)
    return await writeSplit(open, request, versionsOf(reached))
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw error
  } finally {
    await unlock()
  }
}

const refuseFilesOfThisMachine = ({ name, tls }: Target): void => {
  if (!tls) return
  throw new Failure(
    'usage',
    `expected a target whose load other machines can make, got ${name} with tls, whose files are on this one`,
    'collaudo run --parts N shares its load among processes of this machine',
  )
}

/** Lines and slow requests are made by collaudo itself, which is on none of the machines. */
const refuseWhatCannotBeSplit = ({ plan }: DrawnPlan): void => {
  const lines = plan.streams.filter(({ line }) => line).map(({ name }) => `the line of ${name}`)
  const reasons = [...lines, ...(plan.slowRequests ? ['its slow requests'] : [])]
  if (reasons.length === 0) return
  throw new Failure(
    'usage',
    `expected a scenario whose whole load k6 makes, got ${plan.scenario} with ${reasons.join(', ')}`,
    'choose another scenario, or collaudo run on one machine',
  )
}

const writeSplit = async (
  open: OpenTarget,
  request: SplitRequest,
  versions: Readonly<Record<string, string>>,
): Promise<Split> => {
  const { drawn, dir, k6, id, parts, signal, events, target } = request
  const { plan } = drawn
  const load = join(dir, loadFolder)
  const startedAt = new Date().toISOString()
  const provenance = await provenanceOf(k6, request.commandLine, versions)
  const namespace = await loadData(open, plan, { ...request, dir: load, atUnixMs: request.zero(Date.now()) })
  await smoke({ k6, dir: load, env: k6Environment(open, namespace), streams: plan.streams, signal })
  events.phase('smoke     one row of every journey of every stream done')
  const zeroUnixMs = zeroThatCanBeKept(request)
  const made: Split = {
    ...{ schemaVersion: 1, id, parts, namespace, startedAt, zeroUnixMs, provenance },
    fingerprint: plan.fingerprint,
    target: target.name,
    endsUnixMs: zeroUnixMs + plan.durationMs + plan.drainCapMs,
  }
  await writeFiles(made, open, request)
  return made
}

/** `split.json` last: a folder with it is complete. */
const writeFiles = async (made: Split, open: OpenTarget, request: SplitRequest): Promise<void> => {
  const { dir, drawn, target, kubernetes } = request
  const given = partEnvironment(made, open, drawn)
  await mkdir(join(dir, resultsFolder))
  await writeFile(join(dir, 'target.yaml'), stringify(target))
  await writeFile(join(dir, 'part.sh'), partScript(made, given))
  await writeFile(
    join(dir, 'kubernetes.yaml'),
    kubernetesManifests(made, { ...kubernetes, ...given, plan: drawn.plan }),
  )
  writeDocument(dir, splitFile, made)
}

const partEnvironment = (made: Split, open: OpenTarget, { plan }: DrawnPlan): PartEnvironment => {
  const { namespace, parts, zeroUnixMs } = made
  const actors = Math.ceil(actorsOf(plan) / parts)
  const journeys = Object.entries(k6Environment(open, namespace)).filter(([name]) => !(name in open.secrets))
  return {
    env: {
      ...Object.fromEntries(journeys),
      GOGC: heapGrowthPercent({ actors, hasLargeBodies: hasLargeBodies(plan) }),
      COLLAUDO_T0_UNIX_MS: String(zeroUnixMs),
      COLLAUDO_PARTS: String(parts),
      COLLAUDO_APART: '1',
    },
    secretNames: Object.keys(open.secrets),
  }
}

const actorsOf = ({ streams }: DrawnPlan['plan']): number => streams.reduce((sum, { pool }) => sum + pool, 0)

/** Throws a usage Failure when preparing took longer than was thought. */
const zeroThatCanBeKept = ({ zero, drawn }: SplitRequest): number => {
  const nowUnixMs = Date.now()
  const zeroUnixMs = zero(nowUnixMs)
  const leastUnixMs = zeroOf(nowUnixMs, actorsOf(drawn.plan)) + leastLeadMs
  if (zeroUnixMs >= leastUnixMs) return zeroUnixMs
  throw new Failure(
    'usage',
    `expected a start from ${new Date(leastUnixMs).toISOString()} on, since everything was ready only now, got ${new Date(zeroUnixMs).toISOString()}`,
    'split again with a later --start-at, or with --start-in, which counts from when all is ready',
  )
}
