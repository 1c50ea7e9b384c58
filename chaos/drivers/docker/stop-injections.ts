import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../../../containers/engine.ts'
import { resumeContainer } from '../../../containers/remove-run.ts'
import type { FaultOf } from '../../../model/fault.ts'
import type { Injection } from '../../driver.ts'
import { answers, askAll, backAgain, partsOf } from '../answers.ts'
import { inWords } from '../links/probe.ts'
import type { ContainerHandle } from './container-handle.ts'
import { ifUp, mustBeUp, toAll } from './each-container.ts'
import { isStoreHeld } from './held-store.ts'

const isUp = async ({ container }: Engine, id: string): Promise<boolean> =>
  (await ifUp(container.getById(id).inspect()))?.State.Running ?? false

/** Kills those that are up; one that has just ended by itself is as good. */
const killAll = async ({ container }: Engine, ids: readonly string[]): Promise<void> => {
  await Promise.all(ids.map((id) => ifUp(container.getById(id).kill())))
}

/** When the first of them ended, Unix ms: the engine takes its time to say so. */
const endOf = async ({ container }: Engine, ids: readonly string[]): Promise<number> => {
  const all = await Promise.all(ids.map((id) => ifUp(container.getById(id).inspect())))
  const nowUnixMs = Date.now()
  return Math.min(nowUnixMs, ...all.flatMap((one) => (one ? [Date.parse(one.State.FinishedAt)] : [])))
}

/** Its containers end at once, as when the machine below them is lost. Whoever runs them starts others in their place. */
export const injectKill = async (engine: Engine, systems: ContainerHandle, component: string): Promise<Injection> => {
  const killed = mustBeUp(systems.containersOf(component), component)
  await killAll(engine, killed)
  const injectedUnixMs = await endOf(engine, killed)
  const isOldThere = () => systems.containersOf(component).some((id) => killed.includes(id))
  const over = backAgain(systems, component, () => isOldThere() || systems.containersOf(component).length === 0)
  over.catch(() => {})
  return {
    injectedUnixMs,
    over,
    async prove() {
      const up = await Promise.all(killed.map((id) => isUp(engine, id)))
      const ended = up.filter((is) => !is).length
      return {
        holds: killed.length > 0 && ended === killed.length,
        sentence: `${component}: ${ended} of ${killed.length} containers ended`,
      }
    },
    restore: () => over,
    proveGone: () => answers(systems, component),
  }
}

/** Its containers stand still and keep their connections, as a machine without a processor does. */
export const injectFreeze = async (engine: Engine, systems: ContainerHandle, component: string): Promise<Injection> => {
  const ids = mustBeUp(systems.containersOf(component), component)
  await pauseBetweenCommits(engine, systems, { component, ids })
  const paused = async (): Promise<number> => {
    const all = await Promise.all(ids.map((id) => ifUp(engine.container.getById(id).inspect())))
    return all.filter((one) => one?.State.Paused).length
  }
  return {
    injectedUnixMs: Date.now(),
    async prove() {
      const [stopped, now] = await Promise.all([paused(), askAll(systems, component)])
      return {
        holds: ids.length > 0 && stopped === ids.length && now.every(({ error }) => error === 'timeout'),
        sentence: `${component}: ${stopped} of ${ids.length} containers paused, ${now.map(inWords).join(', ')}`,
      }
    },
    async restore() {
      await Promise.all(ids.map((id) => resumeContainer(engine, id)))
      return Date.now()
    },
    proveGone: () => answers(systems, component),
  }
}

const pauseTries = 10

/** Paused in a transaction it would hold up whoever shares its store, which is a fault of another kind. */
const pauseBetweenCommits = async (
  engine: Engine,
  systems: ContainerHandle,
  { component, ids }: { readonly component: string; readonly ids: readonly string[] },
): Promise<void> => {
  const resume = (id: string) => resumeContainer(engine, id)
  for (let tries = 1; tries <= pauseTries; tries++) {
    await toAll(ids, (id) => engine.container.getById(id).pause(), resume)
    if (!(await isStoreHeld(engine, systems, { component, paused: ids }))) return
    await Promise.all(ids.map(resume))
  }
  throw new Error(`expected ${component} to be paused between two commits, got ${pauseTries} times one under way`)
}

/** Longer than a container needs to be up again. */
const restartMs = 15_000

/** One container after the other ends at once, the next a while later, round and round. */
export const injectRollingRestart = async (
  engine: Engine,
  systems: ContainerHandle,
  { component, everyMs }: FaultOf<'rolling-restart'>,
): Promise<Injection> => {
  const stop = new AbortController()
  const parts = partsOf(systems, component)
  let killed = 0
  let lastUnixMs = 0
  const rolling = (async () => {
    for (let turn = 0; !stop.signal.aborted; turn++) {
      const ids = systems.containersOf(parts[turn % parts.length] ?? component)
      await killAll(engine, ids)
      killed += ids.length
      if (ids.length > 0) lastUnixMs = Date.now()
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {})
    }
  })()
  rolling.catch(() => {})
  return {
    injectedUnixMs: Date.now(),
    prove: async () => ({
      holds: Date.now() - lastUnixMs < parts.length * everyMs + restartMs,
      sentence: `${component}: ${killed} containers ended so far`,
    }),
    async restore() {
      stop.abort()
      await rolling
      return backAgain(systems, component)
    },
    proveGone: () => answers(systems, component),
  }
}
