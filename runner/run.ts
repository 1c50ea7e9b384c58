import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../clients/token.ts'
import type { Defect } from '../model/defect.ts'
import type { Experiment } from '../model/experiment.ts'
import type { ImageSize, Plan, Slice } from '../model/plan.ts'
import type { RunRecord } from '../model/run-record.ts'
import type { Scenario } from '../model/scenario.ts'
import type { Target } from '../model/target.ts'
import type { DrawnPlan } from '../planner/drawn-plan.ts'
import { drawPlan } from '../planner/plan.ts'
import type { Replay } from '../planner/replay.ts'
import { writeRunFolder } from '../planner/run-folder.ts'
import type { Snapshot } from '../results/collector.ts'
import { historyFileIn } from '../results/history/history-file-in.ts'
import { judgeRun, writeRecord } from '../results/record.ts'
import { renderReports } from '../results/render-reports.ts'
import type { TwinOptions } from '../twin/twin-options.ts'
import { comparedWith } from './against-baseline.ts'
import { askProcessors } from './ask-processors.ts'
import { askPrometheus, mustAnswer, targetGates } from './ask-prometheus.ts'
import { mustFitOnDisk } from './disk-space.ts'
import { type FaultedLoad, faultedLoad, mustNotBeStopped, runFaultedLoad } from './faulted-load.ts'
import { guardScenario } from './guard-rails.ts'
import { k6Environment } from './k6-environment.ts'
import { keepInHistory } from './keep-in-history.ts'
import { type Lines, openLines } from './lines.ts'
import { lockTarget } from './lock.ts'
import { mustFitInMemory } from './memory-space.ts'
import { type OpenTarget, openTarget } from './open-target.ts'
import { preflightAll } from './preflight.ts'
import { prepare } from './prepare.ts'
import { dayZeroOf, takePrepared } from './prepare-target.ts'
import { provenanceOf } from './provenance.ts'
import { readBackWrites } from './read-back-writes.ts'
import { type EmbeddedTarget, isEmbedded } from './read-target.ts'
import { rowsDue } from './rows-due.ts'
import { besideSlowRequests } from './slow-requests.ts'
import { smoke } from './smoke.ts'
import { inSurroundings } from './surroundings.ts'
import { withTimeLimit } from './time-limit.ts'
import { watchedProcesses } from './watched-processes.ts'

export interface RunRequest {
  /** What is broken on purpose while it runs; the scenario and the slice are made for it. */
  readonly experiment?: Experiment | undefined
  readonly scenario: Scenario
  readonly slice: Slice
  /** Real arrivals in place of the curves; the slice is theirs. */
  readonly replay?: Replay | undefined
  readonly seed: number
  /** Of diagnostic images, where the scenario has some. */
  readonly imageSize?: ImageSize | undefined
  readonly target: Target | EmbeddedTarget
  readonly defects: readonly Defect[]
  /** Processes of a FHIR system of the embedded target, behind a balancer; an experiment has its own. */
  readonly replicas?: TwinOptions['replicas']
  /** Names the run, its folder's content and everything it makes on the target. */
  readonly id: string
  /** Run folder, empty. */
  readonly dir: string
  /** Where locks lie. */
  readonly runsDir: string
  readonly k6: string
  readonly env: Environment
  /** File of the baseline that it is compared with; none when absent. */
  readonly baseline?: string | undefined
  /** Whether it belongs into the history of what is usual; true when absent. */
  readonly isUsual?: boolean | undefined
  /** Called when all is ready for the load: resolves to its zero in Unix ms, where it has to begin together with another. */
  readonly together?: ((actors: number) => Promise<number>) | undefined
  /** As typed, to repeat the run. */
  readonly commandLine: string
  /** Ends the load; what was started is still reconciled and reported. */
  readonly signal: AbortSignal
  /** Ends the load this long after the call; what was started is still reconciled, judged and reported. */
  readonly timeoutMs?: number | undefined
  readonly events: RunEvents
}

/** What a run tells while it goes on. */
export interface RunEvents {
  phase(text: string): void
  loading(loaded: number, total: number): void
  /** `waiting`: rows due that no actor has taken yet. */
  live(snapshot: Snapshot, waiting: number): void
}

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
      const versions = { ...reached, ...open.versions }
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
const overLines = async (stage: Omit<Stage, 'lines'>, request: RunRequest): Promise<RunRecord> => {
  const { plan } = stage.drawn
  const { journal } = stage.faulted?.stage ?? {}
  const lines = await openLines(plan, stage.open, journal && ((pid) => journal.started('lines', pid)))
  if (plan.streams.some(({ line }) => line) && Object.keys(lines.nearEnds).length === 0) {
    request.events.phase(`lines     none but those that lead to ${stage.open.target.name}`)
  }
  try {
    return await runOn({ ...stage, lines }, request)
  } finally {
    await lines.stop()
  }
}

interface Stage {
  readonly open: OpenTarget
  readonly drawn: DrawnPlan
  readonly versions: Readonly<Record<string, string>>
  readonly faulted: FaultedLoad | undefined
  readonly lines: Lines
}

const runOn = async (stage: Stage, request: RunRequest): Promise<RunRecord> => {
  const { open, drawn, versions } = stage
  const { id, dir, k6, signal, events } = request
  const { plan } = drawn
  const startedAt = new Date().toISOString()
  const provenance = await provenanceOf(k6, request.commandLine, versions)
  const { baseline, experiment } = request
  const compared = await comparedWith(baseline, { dir, plan, experiment, open, provenance })
  const namespace = await ready(open, drawn, request)
  const env = k6Environment(open, namespace, stage.lines.nearEnds)
  const onStarted = stage.faulted && ((pid: number) => stage.faulted?.stage.journal.started('k6', pid))
  await smoke({ k6, dir, env, streams: plan.streams, signal, onStarted })
  events.phase('smoke     one row of every journey of every stream done')
  const { done, ...besides } = await loadOn(stage, request, env)
  const endedUnixMs = Date.now()
  const { loaded, healedMs, faults, edges, health } = done
  events.phase(`load      ${loaded.ended}`)
  const integrity = await readBackWrites({ dir, plan, open, tell: events.phase }, loaded)
  const t0UnixMs = loaded.collected.t0UnixMs ?? Date.now()
  const judged = await judgeRun({
    targetGates: targetGates(open.target),
    metrics: await askPrometheus(open.target, request.env, { plan, t0UnixMs, endedUnixMs, tell: events.phase }),
    dir,
    plan,
    collected: loaded.collected,
    integrity,
    ended: loaded.ended,
    endedBecause: loaded.endedBecause,
    healedMs,
    experiment,
    facts: {
      id,
      experiment: experiment?.name ?? null,
      target: open.target.name,
      environment: open.target.environment,
      namespace,
      provenance,
      defects: [...request.defects],
      startedAt,
      endedAt: new Date().toISOString(),
      loadGenerator: loaded.loadGenerator,
      processorTime: (await askProcessors(open.target, request.env, { t0UnixMs, endedUnixMs })) ?? loaded.processorTime,
      faults,
      edges,
      health,
      ...besides,
    },
  })
  const record = await compared(judged)
  writeRecord(dir, record)
  const history = historyFileIn(request.runsDir)
  if (request.isUsual !== false) keepInHistory(history, { record, plan }, events.phase)
  await renderReports(dir, history)
  return record
}

/** The load, with all that goes on beside it; together with another where that is asked for. */
const loadOn = async (
  { open, drawn, faulted }: Stage,
  { dir, k6, signal, events, together }: RunRequest,
  env: Readonly<Record<string, string>>,
) => {
  const { plan, streams } = drawn
  const zeroUnixMs = await together?.(plan.streams.reduce((sum, { pool }) => sum + pool, 0))
  events.phase(`load      ${loadInWords(plan)}`)
  const rowsPerStream = Object.fromEntries(
    streams.map(({ planned, timetable }) => [planned.name, timetable.rows.length]),
  )
  const dueBy = rowsDue(drawn)
  const onLive = (now: Snapshot) => events.live(now, Math.max(0, dueBy(now.elapsedMs) - now.started))
  const begun = zeroUnixMs === undefined ? env : { ...env, COLLAUDO_T0_UNIX_MS: String(zeroUnixMs) }
  const load = { k6, dir, plan, rowsPerStream, env: begun, signal, onLive, processes: watchedProcesses(open) }
  return besideSlowRequests(urlsOf(open.target, plan), plan.slowRequests, () => runFaultedLoad(faulted, load))
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

/** Loads what the plan presupposes, unless `prepare` has left it there; resolves to the namespace it lies in. */
const ready = async (open: OpenTarget, { plan }: DrawnPlan, request: RunRequest): Promise<string> => {
  const { id, dir, signal, events } = request
  const prepared = await takePrepared(request.runsDir, plan.fingerprint, open.target.name)
  if (prepared) {
    events.phase(`prepare   ${prepared.resources} resources lie ready`)
    return prepared.namespace
  }
  const startedMs = performance.now()
  const dayZeroUnixMs = dayZeroOf(Date.now())
  const loaded = await prepare({
    dir,
    plan,
    namespace: id,
    clients: open.clients(signal),
    dayZeroUnixMs,
    signal,
    onLoaded: events.loading,
  })
  const seconds = (performance.now() - startedMs) / 1000
  events.phase(`prepare   ${loaded} resources in ${seconds.toFixed(1)} s (${Math.round(loaded / seconds)}/s)`)
  return id
}
