import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AbortGuard } from '../chaos/abort-guard.ts'
import { type Conducted, type ConductRequest, conduct } from '../chaos/conduct.ts'
import type { Driver } from '../chaos/driver.ts'
import { Healing } from '../chaos/healing.ts'
import { parseComponent } from '../model/component.ts'
import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { ChaosStage } from './chaos-stage.ts'
import { type Loaded, type LoadRequest, runLoad } from './load.ts'
import type { OpenTarget } from './open-target.ts'
import { runUnlessHopeless } from './run-unless-hopeless.ts'

export interface FaultedLoad {
  readonly stage: ChaosStage
  readonly driver: Driver
  readonly experiment: Experiment
  readonly runsDir: string
  readonly tell: (text: string) => void
  /** Told when a fault begins, and when it is over. */
  readonly onFault?: ConductRequest['onFault']
}

/** Checks that a target can bear what an experiment does to it. Throws a usage Failure with every reason why it cannot. */
export const faultedLoad = (
  { twin }: OpenTarget,
  stage: ChaosStage,
  told: Pick<FaultedLoad, 'experiment' | 'runsDir' | 'tell'>,
): FaultedLoad => {
  const driver = stage.driverOf(twin)
  const { faults, encrypted, gates } = told.experiment
  // Whoever has no processes here counts no calls either: such a gate is inconclusive then.
  const counted = gates.flatMap((gate) => (gate.kind === 'amplification' && twin ? gate.edge : []))
  const ways = [...encrypted, ...counted]
  const problems = [
    ...faults.flatMap(({ fault }) => driver.cannot(fault) ?? []),
    ...ways
      .filter((way) => !driver.components.filter(isWay).includes(way))
      .map((way) => `expected a way of ${driver.components.filter(isWay).join(', ')}, got ${way}`),
  ]
  if (problems.length === 0) return { ...told, stage, driver }
  throw new Failure('usage', problems.join('\n'), 'name one of these components, or run what it belongs to')
}

/** A file by which anybody stops every experiment, and keeps the next one from starting. */
const stopFile = 'STOP'

const stopped = (runsDir: string): string | undefined =>
  existsSync(join(runsDir, stopFile)) ? `somebody has put a file ${stopFile} into ${runsDir}` : undefined

/** Throws a `refused` Failure while experiments are stopped. */
export const mustNotBeStopped = (runsDir: string): void => {
  const reason = stopped(runsDir)
  if (reason)
    throw new Failure(
      'refused',
      `expected no file ${stopFile} in ${runsDir}, got one`,
      'remove it when experiments may go on',
    )
}

const isWay = (component: string): boolean => parseComponent(component)?.kind === 'edge'

const nothingConducted: Conducted = { faults: [], edges: [], health: [] }

export interface Faulted extends Conducted {
  readonly loaded: Loaded
  /** End of the phase in which users were well again, on the run's clock: nothing was needed any more that was due later. */
  readonly healedMs?: number | undefined
}

/**
 * Runs the load and, where there are some, the faults on one clock. Whatever ends one ends the other: a signal, a load that ends
 * early, or users who suffer that were to be spared. Resolves when every fault is restored.
 */
export const runFaultedLoad = async (faulted: FaultedLoad | undefined, load: LoadRequest): Promise<Faulted> => {
  if (!faulted) return { loaded: await runUnlessHopeless(load), ...nothingConducted }
  const { stage, driver, experiment, runsDir, tell } = faulted
  for (const { fault } of experiment.faults) await driver.calibrate(fault)
  const aborted = new AbortController()
  const over = new AbortController()
  const signal = AbortSignal.any([load.signal, aborted.signal])
  const guard = new AbortGuard(experiment.abort)
  const healing = new Healing(load.plan.phases)
  const enough = new AbortController()
  let conducted: Promise<Conducted> = Promise.resolve(nothingConducted)
  const onZero = (t0UnixMs: number): void => {
    load.onZero?.(t0UnixMs)
    conducted = conduct({
      experiment,
      phases: load.plan.phases,
      driver,
      journal: stage.journal,
      clock: { nowUnixMs: Date.now, sleepUntil },
      t0UnixMs,
      signal: AbortSignal.any([signal, over.signal]),
      tell,
      onFault: faulted.onFault,
    })
    // Awaited below; until then nobody would hear of its failure.
    conducted.catch((error: unknown) => aborted.abort(error))
  }
  const onLive: LoadRequest['onLive'] = (snapshot) => {
    load.onLive(snapshot)
    const { elapsedMs, stepsByStream: counts, brokenPromises } = snapshot
    healing.see(elapsedMs, counts)
    if (elapsedMs >= (healing.healedMs ?? Number.POSITIVE_INFINITY) + load.plan.drainCapMs) enough.abort()
    const stop = stopped(runsDir)
    const lost = stage.lost?.()
    const reason = stop ?? lost ?? guard.see(elapsedMs, { counts, brokenPromises })
    if (reason === undefined || aborted.signal.aborted) return
    tell(`abort     ${reason}`)
    const hint =
      lost === undefined
        ? 'what was to be spared suffers: find out why before it is tried again'
        : 'find out who else breaks it before it is tried again'
    aborted.abort(new Failure(stop === undefined ? 'aborted' : 'interrupted', reason, hint))
  }
  try {
    const onStarted = (pid: number) => stage.journal.started('k6', pid)
    const toEnd = afterwards(signal, () => conducted, over.signal)
    const loaded = await runLoad({
      ...load,
      signal: toEnd,
      enough: enough.signal,
      neededUntilMs: () => healing.healedMs,
      goodWithinMs: experiment.goodWithinMs,
      onLive,
      onZero,
      onStarted,
    })
    over.abort()
    return { loaded, healedMs: loaded.ended === 'completed' ? healing.healedMs : undefined, ...(await conducted) }
  } finally {
    over.abort()
    await conducted.catch(() => {})
  }
}

/** A broken-off load goes on until no fault is left: what users met after it belongs to it too. Whoever waits is not kept for longer. */
const restoredFirstMs = 5000

/** A signal that aborts as the given one does, for the same reason, as soon as what is under way then is done; not any more when it is `over`. */
const afterwards = (signal: AbortSignal, underWay: () => Promise<unknown>, over: AbortSignal): AbortSignal => {
  const later = new AbortController()
  const abort = () => later.abort(signal.reason)
  const wait = () => Promise.race([underWay(), sleep(restoredFirstMs, undefined, { ref: false })]).then(abort, abort)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', wait, { once: true, signal: over })
  return later.signal
}

const sleepUntil = async (unixMs: number, signal: AbortSignal): Promise<void> => {
  const ms = unixMs - Date.now()
  if (ms > 0 && !signal.aborted) await sleep(ms, undefined, { signal }).catch(() => {})
}
