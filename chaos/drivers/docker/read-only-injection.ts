import type { Engine } from '../../../containers/engine.ts'
import type { Injection } from '../../driver.ts'
import { backAgain, partsOf } from '../answers.ts'
import type { ContainerHandle } from './container-handle.ts'
import { ifUp } from './each-container.ts'
import { refusalOf } from './store-probe.ts'

/** Containers of a system that are made before this time, Unix ms, have its store read-only. */
export type MountReadOnly = (system: string, untilUnixMs: number) => void

/** What it needs of its place. */
export interface Mounting {
  readonly engine: Engine
  readonly systems: ContainerHandle
  readonly mount: MountReadOnly
}

/** Later than this after its planned end nobody may be left who would end it. */
const marginMs = 10_000

/** What an engine gives a container to stop by itself. */
const stopWithinS = 5

const writable = 0

/**
 * Its store is mounted read-only. An engine fixes that when it makes a container: the system is stopped in good order, and
 * whoever runs it starts it again, once for the fault and once for its end.
 */
export const injectReadOnlyStorage = async (
  { engine, systems, mount }: Mounting,
  component: string,
  lastsMs: number,
): Promise<Injection> => {
  const system = component.replace('.store', '')
  const remount = async (readOnlyUntilUnixMs: number): Promise<number> => {
    mount(system, readOnlyUntilUnixMs)
    const old = systems.containersOf(system)
    await Promise.all(old.map((id) => ifUp(engine.container.getById(id).stop({ t: stopWithinS }))))
    return backAgain(systems, system, () => {
      const now = systems.containersOf(system)
      return now.length < partsOf(systems, system).length || now.some((id) => old.includes(id))
    })
  }
  // From the stop on nothing can be written.
  const injectedUnixMs = Date.now()
  await remount(injectedUnixMs + lastsMs + marginMs).catch(async (error: unknown) => {
    await remount(writable).catch(() => {})
    throw error
  })
  let restored: Promise<number> | undefined
  return {
    injectedUnixMs,
    ...refusalOf(engine, systems, { component, code: 'EROFS' }),
    restore() {
      restored ??= remount(writable).catch((error: unknown) => {
        restored = undefined
        throw error
      })
      return restored
    },
  }
}
