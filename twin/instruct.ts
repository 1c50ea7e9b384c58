import { setTimeout as sleep } from 'node:timers/promises'
import { parseComponent, type Standing } from '../model/component.ts'
import { type FaultOrder, isOfStore } from './faults/inside-fault.ts'
import type { WriteOrder } from './faults/try-write.ts'
import type { Group } from './group.ts'
import type { TwinProcess } from './start-process.ts'
import type { Supervised } from './supervise.ts'

/** A process that is being started again answers others before its order can reach it; one that stays away longer is left out. */
const comingUpMs = 2000

/**
 * Gives an order to the processes that a component reaches: a replica to its own, a system and a store to all. Ending a fault
 * of a process that is gone has nothing to do. Throws a RangeError for a component that is not there or that the fault does not fit.
 */
export const instruct = async (
  groups: ReadonlyMap<Standing, Group>,
  component: string,
  order: FaultOrder,
): Promise<void> => {
  const processes = reached(groups, component, order)
  const running = order.isOn ? await up(processes) : processes.flatMap((process) => process.running() ?? [])
  if (order.isOn && running.length === 0) throw new Error(`expected a process of ${component} that is up, got none`)
  await Promise.all(running.map((process) => process.tell(order)))
}

const up = async (processes: readonly Supervised[]): Promise<readonly TwinProcess[]> => {
  const late = sleep(comingUpMs, undefined, { ref: false })
  const found = await Promise.all(processes.map((process) => Promise.race([process.up(), late])))
  return found.filter((process) => process !== undefined)
}

/** Lets a store write a little and take it back; resolves with what it said against it, or with nothing. */
export const tryWrite = async (
  groups: ReadonlyMap<Standing, Group>,
  component: string,
): Promise<{ readonly error: string; readonly durationMs: number }> => {
  const parsed = parseComponent(component)
  const process = parsed?.kind === 'store' ? groups.get(parsed.system)?.processes[0]?.running() : undefined
  if (!process) throw new RangeError(`expected a store such as recup.store whose system is up, got ${component}`)
  const startedMs = performance.now()
  const order: WriteOrder = { tryWrite: true }
  const error = await process.tell(order).then(
    () => '',
    (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
  )
  return { error, durationMs: performance.now() - startedMs }
}

const reached = (
  groups: ReadonlyMap<Standing, Group>,
  component: string,
  { fault }: FaultOrder,
): readonly Supervised[] => {
  const parsed = parseComponent(component)
  const wanted = isOfStore(fault) ? 'a store such as recup.store' : 'a system or a replica such as recup or recup#2'
  const fits = parsed && (isOfStore(fault) ? parsed.kind === 'store' : ['system', 'replica'].includes(parsed.kind))
  if (!parsed || !fits || parsed.kind === 'edge' || parsed.kind === 'queue')
    throw new RangeError(`${fault.kind}: expected ${wanted}, got ${component}`)
  const keepsNothing = parsed.kind === 'store' && parsed.system === 'identity'
  const all = keepsNothing ? [] : (groups.get(parsed.system)?.processes ?? [])
  const found = parsed.kind === 'replica' ? all.filter(({ name }) => name === component) : all
  if (found.length > 0) return found
  throw new RangeError(`${fault.kind}: expected ${wanted} of this twin, got ${component}`)
}
