import { processFile } from './process-file.ts'

/** Processor time that each process of a component has had up to a moment. */
export interface ProcessorTime {
  readonly atMs: number
  readonly usedMsByPid: ReadonlyMap<number, number>
}

export const processorTime = (pids: readonly number[]): ProcessorTime => ({
  atMs: performance.now(),
  usedMsByPid: new Map(pids.map((pid) => [pid, usedMs(pid)])),
})

/** Processor time / time between two moments, of the least busy process that was there at both; undefined without one. */
export const busyRatio = (from: ProcessorTime, to: ProcessorTime): number | undefined => {
  const ratios = [...to.usedMsByPid].flatMap(([pid, used]) => {
    const before = from.usedMsByPid.get(pid)
    return before === undefined ? [] : (used - before) / (to.atMs - from.atMs)
  })
  return ratios.length === 0 ? undefined : Math.min(...ratios)
}

/** The kernel counts in hundredths of a second. */
const tickMs = 10

/** utime and stime, the 14th and 15th field of all; 0 for a process that is gone. */
const usedMs = (pid: number): number => {
  const fields = processFile(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tickMs
}
