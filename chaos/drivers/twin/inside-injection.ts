import { setTimeout as sleep } from 'node:timers/promises'
import type { Injection, Proof } from '../../driver.ts'
import { answers, askAll } from '../answers.ts'
import { inWords } from '../links/probe.ts'
import { processFile } from './process-file.ts'
import { busyRatio, type ProcessorTime, processorTime } from './processor-time.ts'
import type { InsideFault, TwinHandle } from './twin-handle.ts'

/** What the processes of a system took before the fault. */
interface Usual {
  readonly bytes: number
  /** Processor time / time of the least busy one. */
  readonly busyRatio: number
}

/** A fault that the processes of a component make inside themselves; `calibrated`: what they had of the processor some time before. */
export const injectInside = async (
  twin: TwinHandle,
  fault: InsideFault,
  calibrated: ProcessorTime | undefined,
): Promise<Injection> => {
  const system = fault.component.replace('.store', '')
  const pids = twin.pidsOf(system)
  const busy = calibrated && busyRatio(calibrated, processorTime(pids))
  const usual = { bytes: bytesOf(pids), busyRatio: busy ?? 0 }
  await twin.instruct(fault.component, fault, true)
  return {
    injectedUnixMs: Date.now(),
    prove: () => effect(twin, fault, usual),
    restore: async () => {
      await twin.instruct(fault.component, fault, false)
      return Date.now()
    },
    proveGone: () => gone(twin, { fault, system, usual }),
  }
}

/** Nothing of the effect can be measured any more, and the system answers. */
const gone = async (
  twin: TwinHandle,
  { fault, system, usual }: { readonly fault: InsideFault; readonly system: string; readonly usual: Usual },
): Promise<Proof> => {
  const [still, well] = await Promise.all([effect(twin, fault, usual), answers(twin, system)])
  return { holds: !still.holds && well.holds, sentence: `${still.sentence}; ${well.sentence}` }
}

/** Share of the expected effect that must be measured. */
const certain = 0.7

/** A processor is looked at for this long. */
const lookMs = 400

/** How well two clocks agree that are read over HTTP. */
const clockToleranceMs = 1000

const effect = async (twin: TwinHandle, fault: InsideFault, usual: Usual): Promise<Proof> => {
  const { component } = fault
  switch (fault.kind) {
    case 'cpu-pressure': {
      const before = processorTime(twin.pidsOf(component))
      await sleep(lookMs)
      const ratio = busyRatio(before, processorTime(twin.pidsOf(component))) ?? 0
      // What is left free is what the fault can take.
      const least = usual.busyRatio + certain * fault.loadRatio * (1 - usual.busyRatio)
      const sentence = `${component}: busy ${percent(ratio)}, before it ${percent(usual.busyRatio)}`
      return { holds: ratio >= least, sentence }
    }
    case 'memory-pressure': {
      const grownBytes = bytesOf(twin.pidsOf(component)) - usual.bytes
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

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`

/** Resident memory. */
const bytesOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + Number(/VmRSS:\s+(\d+) kB/.exec(processFile(pid, 'status'))?.[1] ?? 0) * 1024, 0)

/** Of the processes of a component the one that is least off. */
const clockOffsetMs = async (twin: TwinHandle, component: string): Promise<number> => {
  const offsets = (await askAll(twin, component)).map((now) => {
    if (now.error !== '') throw new Error(`expected the clock of ${component}, got ${inWords(now)}`)
    return Number(Object(JSON.parse(now.body)).nowUnixMs) - Date.now()
  })
  return offsets.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least))
}
