import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../../../containers/engine.ts'
import type { FaultOf } from '../../../model/fault.ts'
import type { Injection } from '../../driver.ts'
import { answers, askAll, backAgain, partsOf } from '../answers.ts'
import { inWords } from '../links/probe.ts'
import type { ContainerHandle } from './container-handle.ts'

const isUp = async ({ container }: Engine, id: string): Promise<boolean> => {
  try {
    return (await container.getById(id).inspect()).State.Running
  } catch (error) {
    if (Object(error).statusCode === 404) return false
    throw error
  }
}

/** Kills those that are up; resolves to their ids. */
const killAll = async ({ container }: Engine, ids: readonly string[]): Promise<readonly string[]> => {
  await Promise.all(ids.map((id) => container.getById(id).kill()))
  return ids
}

/** When the first of them ended, Unix ms: the engine takes its time to say so. */
const endOf = async ({ container }: Engine, ids: readonly string[]): Promise<number> => {
  const all = await Promise.all(ids.map((id) => container.getById(id).inspect()))
  return Math.min(...all.map(({ State }) => Date.parse(State.FinishedAt)))
}

/** Its containers end at once, as when the machine below them is lost. Whoever runs them starts others in their place. */
export const injectKill = async (engine: Engine, systems: ContainerHandle, component: string): Promise<Injection> => {
  const killed = await killAll(engine, systems.containersOf(component))
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
  const ids = systems.containersOf(component)
  await Promise.all(ids.map((id) => engine.container.getById(id).pause()))
  const paused = async (): Promise<number> => {
    const all = await Promise.all(ids.map((id) => engine.container.getById(id).inspect()))
    return all.filter(({ State }) => State.Paused).length
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
      const all = await Promise.all(ids.map((id) => engine.container.getById(id).inspect()))
      const still = all.filter(({ State }) => State.Paused)
      await Promise.all(still.map(({ Id }) => engine.container.getById(Id).unpause()))
      return Date.now()
    },
    proveGone: () => answers(systems, component),
  }
}

/** One container after the other ends at once, the next a while later, round and round. */
export const injectRollingRestart = async (
  engine: Engine,
  systems: ContainerHandle,
  { component, everyMs }: FaultOf<'rolling-restart'>,
): Promise<Injection> => {
  const stop = new AbortController()
  const parts = partsOf(systems, component)
  let killed = 0
  const rolling = (async () => {
    for (let turn = 0; !stop.signal.aborted; turn++) {
      const ids = systems.containersOf(parts[turn % parts.length] ?? component)
      killed += (await killAll(engine, ids)).length
      await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {})
    }
  })()
  rolling.catch(() => {})
  return {
    injectedUnixMs: Date.now(),
    prove: async () => ({ holds: killed > 0, sentence: `${component}: ${killed} containers ended so far` }),
    async restore() {
      stop.abort()
      await rolling
      return backAgain(systems, component)
    },
    proveGone: () => answers(systems, component),
  }
}
