import type { Engine } from '../../../containers/engine.ts'
import { runInside, startInside } from '../../../containers/run-inside.ts'
import type { FaultOf } from '../../../model/fault.ts'
import type { Injection, Proof } from '../../driver.ts'
import { answers } from '../answers.ts'
import type { ContainerHandle } from './container-handle.ts'
import { ifUp, mustBeUp, toAll } from './each-container.ts'

/** The kernel gives processor time out in periods of this length; µs. */
const periodUs = 100_000

const busyMs = 400

/** Of all containers; without a wish for more processor time nobody is held back, so that one is made. */
const heldBack = async (engine: Engine, ids: readonly string[]): Promise<number> => {
  const before = await throttled(engine, ids)
  await Promise.all(
    ids.map((id) => runInside(engine, id, `const end = Date.now() + ${busyMs}; while (Date.now() < end);`)),
  )
  return (await throttled(engine, ids)) - before
}

const throttled = async ({ container }: Engine, ids: readonly string[]): Promise<number> => {
  const stats = await Promise.all(ids.map((id) => container.getById(id).stats({ stream: false, 'one-shot': true })))
  return stats.reduce((sum, { cpu_stats: cpu }) => sum + cpu.throttling_data.throttled_periods, 0)
}

/** Its containers get only what is left of a processor. */
export const injectCpuPressure = async (
  engine: Engine,
  systems: ContainerHandle,
  { component, loadRatio }: FaultOf<'cpu-pressure'>,
): Promise<Injection> => {
  const ids = mustBeUp(systems.containersOf(component), component)
  const limit = (id: string, quotaUs: number) =>
    engine.container.getById(id).update({ CpuPeriod: periodUs, CpuQuota: quotaUs })
  // One that is made anew has no limit.
  const free = (id: string) => ifUp(limit(id, unlimited))
  const quotaUs = Math.max(leastUs, Math.round((1 - loadRatio) * periodUs))
  await toAll(ids, (id) => limit(id, quotaUs), free)
  const looked = async (at: readonly string[]): Promise<Proof> => {
    const periods = await heldBack(engine, at)
    return { holds: periods > 0, sentence: `${component}: held back in ${periods} periods of 100 ms` }
  }
  return {
    injectedUnixMs: Date.now(),
    prove: () => looked(ids),
    async restore() {
      await Promise.all(ids.map(free))
      return Date.now()
    },
    async proveGone() {
      const [held, well] = await Promise.all([looked(systems.containersOf(component)), answers(systems, component)])
      return { holds: !held.holds && well.holds, sentence: `${held.sentence}; ${well.sentence}` }
    },
  }
}

/** The engine refuses less. */
const leastUs = 1000
const unlimited = -1

/** Share of the expected effect that must be measured. */
const certain = 0.7

/** Another process in each of its containers takes memory that counts against the same limit. */
export const injectMemoryPressure = async (
  engine: Engine,
  systems: ContainerHandle,
  { component, sizeBytes }: FaultOf<'memory-pressure'>,
): Promise<Injection> => {
  const ids = mustBeUp(systems.containersOf(component), component)
  const before = await usedBytes(engine, ids)
  const hog = `globalThis.taken = Buffer.alloc(${sizeBytes}, 1)`
  const ends = await toAll(
    ids,
    (id) => startInside(engine, id, hog),
    async (_, end) => end?.(),
  )
  const grown = async (at: readonly string[]): Promise<Proof> => {
    const grownBytes = ((await usedBytes(engine, at)) - before) / Math.max(1, at.length)
    const sentence = `${component}: ${Math.round(grownBytes / 1_000_000)} MB more than before`
    return { holds: grownBytes >= certain * sizeBytes, sentence }
  }
  return {
    injectedUnixMs: Date.now(),
    prove: () => grown(ids),
    async restore() {
      await Promise.all(ends.map((end) => ifUp(end())))
      return Date.now()
    },
    async proveGone() {
      const [still, well] = await Promise.all([grown(systems.containersOf(component)), answers(systems, component)])
      return { holds: !still.holds && well.holds, sentence: `${still.sentence}; ${well.sentence}` }
    },
  }
}

const usedBytes = async ({ container }: Engine, ids: readonly string[]): Promise<number> => {
  const stats = await Promise.all(ids.map((id) => container.getById(id).stats({ stream: false, 'one-shot': true })))
  return stats.reduce((sum, { memory_stats: memory }) => sum + memory.usage, 0)
}
