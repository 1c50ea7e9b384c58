import type { Engine } from '../../../containers/engine.ts'
import type { Injection } from '../../driver.ts'
import { backAgain, partsOf } from '../answers.ts'
import type { ContainerHandle } from './container-handle.ts'
import { refusalOf } from './store-probe.ts'

/** How the store of a system is mounted in the containers that are made from now on. */
export type MountStore = (system: string, mode: 'rw' | 'ro') => void

/** What an engine needs to stop what does not stop by itself. */
const stopWithinS = 5

/**
 * Its store is mounted read-only. An engine fixes that when it makes a container: the system is stopped in good order, and
 * whoever runs it starts it again, once for the fault and once for its end.
 */
export const injectReadOnlyStorage = async (
  {
    engine,
    systems,
    mount,
  }: { readonly engine: Engine; readonly systems: ContainerHandle; readonly mount: MountStore },
  component: string,
): Promise<Injection> => {
  const system = component.replace('.store', '')
  const remount = async (mode: 'rw' | 'ro'): Promise<number> => {
    mount(system, mode)
    const old = systems.containersOf(system)
    await Promise.all(old.map((id) => engine.container.getById(id).stop({ t: stopWithinS })))
    return backAgain(systems, system, () => {
      const now = systems.containersOf(system)
      return now.length < partsOf(systems, system).length || now.some((id) => old.includes(id))
    })
  }
  // From the stop on nothing can be written.
  const injectedUnixMs = Date.now()
  await remount('ro')
  let restored: Promise<number> | undefined
  return {
    injectedUnixMs,
    ...refusalOf(engine, systems, { component, code: 'EROFS' }),
    restore() {
      restored ??= remount('rw').catch((error: unknown) => {
        restored = undefined
        throw error
      })
      return restored
    },
  }
}
