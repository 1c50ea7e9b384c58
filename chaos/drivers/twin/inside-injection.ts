import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Injection, Proof } from '../../driver.ts'
import { inWords } from './probe.ts'
import { answers, askAll } from './process-injection.ts'
import type { InsideFault, TwinHandle } from './twin-handle.ts'

/** A fault that the processes of a component make inside themselves. */
export const injectInside = async (twin: TwinHandle, fault: InsideFault): Promise<Injection> => {
  const system = fault.component.replace('.store', '')
  const before = bytesOf(twin.pidsOf(system))
  await twin.instruct(fault.component, fault, true)
  return {
    injectedUnixMs: Date.now(),
    prove: () => effect(twin, fault, before),
    restore: async () => {
      await twin.instruct(fault.component, fault, false)
      return Date.now()
    },
    proveGone: () => gone(twin, { fault, system, bytesBefore: before }),
  }
}

/** Nothing of the effect can be measured any more, and the system answers. */
const gone = async (
  twin: TwinHandle,
  {
    fault,
    system,
    bytesBefore,
  }: { readonly fault: InsideFault; readonly system: string; readonly bytesBefore: number },
): Promise<Proof> => {
  const [still, well] = await Promise.all([effect(twin, fault, bytesBefore), answers(twin, system)])
  return { holds: !still.holds && well.holds, sentence: `${still.sentence}; ${well.sentence}` }
}

/** Share of the expected effect that must be measured. */
const certain = 0.7

/** A processor is looked at for this long. */
const lookMs = 400

/** How well two clocks agree that are read over HTTP. */
const clockToleranceMs = 1000

const effect = async (twin: TwinHandle, fault: InsideFault, bytesBefore: number): Promise<Proof> => {
  const { component } = fault
  switch (fault.kind) {
    case 'cpu-pressure': {
      const ratio = await busyRatio(twin.pidsOf(component))
      return { holds: ratio >= certain * fault.loadRatio, sentence: `${component}: busy ${Math.round(ratio * 100)} %` }
    }
    case 'memory-pressure': {
      const grownBytes = bytesOf(twin.pidsOf(component)) - bytesBefore
      const sentence = `${component}: ${Math.round(grownBytes / 1_000_000)} MB more than before`
      return { holds: grownBytes >= certain * fault.sizeBytes, sentence }
    }
    case 'clock-skew': {
      const offsetMs = await clockOffsetMs(twin, component)
      const sentence = `${component}: its clock is off by ${Math.round(offsetMs)} ms`
      return { holds: Math.abs(offsetMs - fault.offsetMs) <= clockToleranceMs, sentence }
    }
    case 'read-only-storage':
    case 'disk-full': {
      const { error } = await twin.tryWrite(component)
      return { holds: error !== '', sentence: `${component}: a write ${error === '' ? 'succeeds' : `fails: ${error}`}` }
    }
    case 'slow-storage': {
      const { durationMs } = await twin.tryWrite(component)
      const sentence = `${component}: a write takes ${Math.round(durationMs)} ms`
      return { holds: durationMs >= certain * fault.delayMs, sentence }
    }
  }
}

/** Processor time of processes / time, from the kernel's counts of a hundredth of a second. */
const busyRatio = async (pids: readonly number[]): Promise<number> => {
  const before = ticksOf(pids)
  await sleep(lookMs)
  return (ticksOf(pids) - before) / (lookMs / 10)
}

/** utime and stime, the 14th and 15th field of all. */
const ticksOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const fields = textOf(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
    return sum + Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  }, 0)

/** Resident memory. */
const bytesOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) * 1024, 0)

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Of the processes of a component the one that is least off. */
const clockOffsetMs = async (twin: TwinHandle, component: string): Promise<number> => {
  const offsets = (await askAll(twin, component)).map((now) => {
    if (now.error !== '') throw new Error(`expected the clock of ${component}, got ${inWords(now)}`)
    return Number(Object(JSON.parse(now.body)).nowUnixMs) - Date.now()
  })
  return offsets.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least))
}
