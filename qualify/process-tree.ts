import { readdirSync, readFileSync } from 'node:fs'
import { standing } from '../model/component.ts'

/** What processes of one name have used so far. */
export interface Usage {
  readonly name: string
  readonly cpuSeconds: number
  readonly rssBytes: number
}

const ticksPerSecond = 100
const pageBytes = 4096

/** What a process and all below it have used, those of one name together, by proc(5); those that end meanwhile are left out. */
export const processTree = (rootPid: number): ReadonlyMap<string, Usage> => {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const known = new Map(
    all.flatMap((pid) => [readProcess(Number(pid))].flatMap((of) => (of ? [[Number(pid), of]] : []))),
  )
  const isBelow = (pid: number): boolean => pid === rootPid || (pid > 1 && isBelow(known.get(pid)?.parentPid ?? 0))
  return byName([...known].flatMap(([pid, usage]) => (isBelow(pid) ? [usage] : [])))
}

const byName = (processes: readonly Usage[]): ReadonlyMap<string, Usage> => {
  const sums = new Map<string, Usage>()
  for (const { name, cpuSeconds, rssBytes } of processes) {
    const sum = sums.get(name) ?? { name, cpuSeconds: 0, rssBytes: 0 }
    sums.set(name, { name, cpuSeconds: sum.cpuSeconds + cpuSeconds, rssBytes: sum.rssBytes + rssBytes })
  }
  return sums
}

const readProcess = (pid: number): (Usage & { readonly parentPid: number }) | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
    return {
      name: nameOf(readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')),
      parentPid: Number(fields[1]),
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      rssBytes: Number(fields[21]) * pageBytes,
    }
  } catch {
    return undefined
  }
}

/** The system of a process of the twin; else k6, or collaudo itself. */
const nameOf = (args: readonly string[]): string =>
  args.find((arg) => standing.some((name) => name === arg)) ?? (args.includes('script.js') ? 'k6' : 'collaudo')
