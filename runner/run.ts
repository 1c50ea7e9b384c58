import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { remoteWriter } from '../clients/remote-write.ts'
import type { Plan } from '../model/plan.ts'
import type { RunRecord } from '../model/run-record.ts'
import type { Target } from '../model/target.ts'
import type { DrawnPlan } from '../planner/drawn-plan.ts'
import { drawPlan } from '../planner/plan.ts'
import { writeRunFolder } from '../planner/run-folder.ts'
import type { Snapshot } from '../results/collector.ts'
import { comparedWith } from './against-baseline.ts'
import { mustAnswer } from './ask-prometheus.ts'
import { zeroOf } from './begin-together.ts'
import { conclude } from './conclude.ts'
import { mustFitOnDisk } from './disk-space.ts'
import { type FaultedLoad, faultedLoad, mustNotBeStopped, runFaultedLoad } from './faulted-load.ts'
import { guardScenario } from './guard-rails.ts'
import { k6Environment } from './k6-environment.ts'
import { type Lines, openLines } from './lines.ts'
import { loadData } from './load-data.ts'
import type { LoadUse } from './load-sampler.ts'
import { lockTarget } from './lock.ts'
import { mustFitInMemory } from './memory-space.ts'
import { mustCarry } from './must-carry.ts'
import { type OpenTarget, openTarget } from './open-target.ts'
import { preflightAll, versionsOf } from './preflight.ts'
import { provenanceOf } from './provenance.ts'
import { isEmbedded } from './read-target.ts'
import { rowsDue } from './rows-due.ts'
import { type FaultChange, RunPush } from './run-push.ts'
import type { RunRequest } from './run-request.ts'
import { besideSlowRequests } from './slow-requests.ts'
import { smoke } from './smoke.ts'
import { inSurroundings } from './surroundings.ts'
import { withTimeLimit } from './time-limit.ts'
import { watchedProcesses } from './watched-processes.ts'

/**
 * Plan, prepare, smoke, load, reconcile, judge, report. Throws a Failure for anything that ends it before the load;
 * from then on there is always a record. Whatever it started is stopped when it returns, in either way.
 */
export const run = async (request: RunRequest): Promise<RunRecord> => {
  const limit = withTimeLimit(request.signal, request.timeoutMs)
  try {
    return await runLocked({ ...request, signal: limit.signal })
  } finally {
    limit.end()
  }
}

const runLocked = async (request: RunRequest): Promise<RunRecord> => {
  const unlock = isEmbedded(request.target) ? async () => {} : await lockTarget(request.runsDir, request.target.name)
  const dataDir = join(request.dir, 'twin')
  try {
    guardScenario(request.scenario, request.target)
    // Whether its secrets are there is known now, and not after a quarter of an hour of preparing.
    if (request.push) remoteWriter(request.push, request.env)
    const drawn = draw(request)
    mustFitInMemory(drawn.plan, isEmbedded(request.target))
    if (isEmbedded(request.target)) await mustFitOnDisk(request.dir, drawn.plan)
    return await runDrawn(drawn, dataDir, request)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
    await removeUnlessBegun(request.dir)
    await unlock()
  }
}

const runDrawn = async (drawn: DrawnPlan, dataDir: string, request: RunRequest): Promise<RunRecord> => {
  const { env, defects, seed, experiment, signal, dir, replicas } = request
  const { systems } = drawn.plan
  if (experiment) mustNotBeStopped(request.runsDir)
  return inSurroundings(request, dataDir, async ({ chaos, opening }) => {
    const breakable = replicas && { replicas }
    const open = await openTarget(request.target, {
      systems,
      env,
      defects,
      seed,
      ...(breakable && { breakable }),
      ...opening,
    })
    try {
      const faulted =
        chaos && experiment && faultedLoad(open, chaos, { ...request, experiment, tell: request.events.phase })
      await mustAnswer(open.target, env)
      const reached = await preflightAll(systems, open.clients(signal))
      mustCarry(request.scenario.streams, reached)
      const versions = { ...versionsOf(reached), ...open.versions }
      await writeRunFolder(dir, drawn)
      return await overLines({ open, drawn, versions, faulted }, request)
    } finally {
      await open.close()
    }
  })
}

/** A run that ended before its plan was written leaves no folder. */
const removeUnlessBegun = async (dir: string): Promise<void> => {
  if (!existsSync(join(dir, 'plan.json'))) await rm(dir, { recursive: true, force: true })
}

const draw = ({ scenario, slice, replay, seed, imageSize, target, events }: RunRequest): DrawnPlan => {
  const drawn = drawPlan({ scenario, slice, replay, seed, imageSize, fiscalCodes: target.fiscalCodes })
  const rows = drawn.streams.map(({ planned, timetable }) => `${planned.name} ${timetable.rows.length}`)
  events.phase(`plan      ${rows.join(', ')} rows`)
  return drawn
}

/** The lines of its streams, where they have some, are there while a run goes on. */
const overLines = async (stage: Omit<Stage, 'lines' | 'push'>, request: RunRequest): Promise<RunRecord> => {
  const { plan } = stage.drawn
  const push = pushOf(stage, request)
  const { journal } = stage.faulted?.stage ?? {}
  const lines = await openLines(plan, stage.open, journal && ((pid) => journal.started('lines', pid)))
  if (plan.streams.some(({ line }) => line) && Object.keys(lines.nearEnds).length === 0) {
    request.events.phase(`lines     none but those that lead to ${stage.open.target.name}`)
  }
  try {
    return await runOn({ ...stage, lines, push }, request)
  } finally {
    push?.stop()
    await lines.stop()
  }
}

interface Stage {
  readonly open: OpenTarget
  readonly drawn: DrawnPlan
  readonly versions: Readonly<Record<string, string>>
  readonly faulted: FaultedLoad | undefined
  readonly lines: Lines
  readonly push: RunPush | undefined
}

const pushOf = ({ open, drawn }: Pick<Stage, 'open' | 'drawn'>, request: RunRequest): RunPush | undefined => {
  const { push: to, env, experiment, id, seed, events } = request
  return to && new RunPush({ to, env, drawn, open, experiment, id, seed, tell: events.phase })
}

const runOn = async (stage: Stage, request: RunRequest): Promise<RunRecord> => {
  const { open, drawn, versions } = stage
  const { id, dir, k6, signal, events } = request
  const { plan } = drawn
  const startedAt = new Date().toISOString()
  const provenance = await provenanceOf(k6, request.commandLine, versions)
  stage.push?.describe(open.target.environment, provenance)
  const { baseline, experiment } = request
  const compared = await comparedWith(baseline, { dir, plan, experiment, open, provenance })
  const namespace = await loadData(open, plan, { ...request, atUnixMs: Date.now() })
  const env = k6Environment(open, namespace, stage.lines.nearEnds)
  const onStarted = stage.faulted && ((pid: number) => stage.faulted?.stage.journal.started('k6', pid))
  await smoke({ k6, dir, env, streams: plan.streams, signal, onStarted })
  events.phase('smoke     one row of every journey of every stream done')
  const { done, ...besides } = await loadOn(stage, request, env)
  const endedUnixMs = Date.now()
  const { loaded, healedMs, faults, edges, health } = done
  events.phase(`load      ${loaded.ended}`)
  return conclude(
    { dir, plan, open, tell: events.phase },
    {
      ...{ loaded, healedMs, experiment, endedUnixMs, compared, env: request.env, runsDir: request.runsDir },
      isUsual: request.isUsual !== false,
      onRecord: stage.push && ((record) => stage.push?.finish(dir, record) ?? Promise.resolve()),
      facts: {
        ...{ id, namespace, provenance, startedAt, faults, edges, health, ...besides },
        experiment: experiment?.name ?? null,
        defects: [...request.defects],
      },
    },
  )
}

/** The load, with all that goes on beside it; together with another where that is asked for. */
const loadOn = async (
  { open, drawn, faulted, push }: Stage,
  { dir, k6, signal, events, together, parts = 1 }: RunRequest,
  env: Readonly<Record<string, string>>,
) => {
  const { plan, streams } = drawn
  const actors = plan.streams.reduce((sum, { pool }) => sum + pool, 0)
  const zeroUnixMs = together ? await together(actors) : parts > 1 ? zeroOf(Date.now(), actors) : undefined
  events.phase(`load      ${loadInWords(plan)}`)
  const rowsPerStream = Object.fromEntries(
    streams.map(({ planned, timetable }) => [planned.name, timetable.rows.length]),
  )
  const dueBy = rowsDue(drawn)
  const onLive = (now: Snapshot) => events.live(now, Math.max(0, dueBy(now.elapsedMs) - now.started))
  const begun =
    zeroUnixMs === undefined ? env : { ...env, COLLAUDO_T0_UNIX_MS: String(zeroUnixMs), COLLAUDO_PARTS: String(parts) }
  const load = {
    ...{ k6, dir, plan, rowsPerStream, env: begun, parts, signal, onLive, processes: watchedProcesses(open) },
    watch: push?.watch,
    onZero: (t0UnixMs: number) => push?.begin(t0UnixMs),
    onLoadUse: push && ((use: LoadUse) => push.loadGenerator(use)),
  }
  const faults = faulted && { ...faulted, onFault: push && ((change: FaultChange) => push.fault(change)) }
  return besideSlowRequests(urlsOf(open.target, plan), plan.slowRequests, () => runFaultedLoad(faults, load))
}

const loadInWords = ({ phases, durationMs, drainCapMs }: Plan): string => {
  const reliefFromMs = phases.find(({ name }) => name === 'relief')?.fromMs
  const usual = `${Math.round((reliefFromMs ?? durationMs) / 1000)} s`
  const more =
    reliefFromMs === undefined ? '' : `, ${(durationMs - reliefFromMs) / 1000} s of less if users are not well again`
  return `${usual}${more}, then at most ${drainCapMs / 1000} s to finish what is under way`
}

/** Of the systems that a plan is about; a target may have others. */
const urlsOf = ({ systems: places }: Target, { systems }: Plan): readonly string[] =>
  systems.flatMap((name) => places[name]?.baseUrl ?? [])
