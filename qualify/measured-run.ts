import type { ChildProcess } from 'node:child_process'
import type { RunRecord } from '../model/run-record.ts'
import { recordOf } from './collaudo.ts'
import { processTree, type Usage } from './process-tree.ts'

/** A run, and what each of its processes used while it was loaded. */
export interface MeasuredRun {
  readonly record: RunRecord
  /** By name: processor time of the load, of one core; memory at most. */
  readonly usage: readonly ProcessShare[]
  /** Of the seconds before the drain. */
  readonly requestsPerSecond: number
}

export interface ProcessShare {
  readonly name: string
  readonly cpuRatio: number
  readonly rssBytes: number
}

/** Runs a scenario on the embedded target and watches its processes. */
export const measuredRun = async (args: readonly string[]): Promise<MeasuredRun> => {
  let usage: ReadonlyMap<string, Usage> = new Map()
  const record = await recordOf(args, (child) => {
    usage = watchUsage(child)
  })
  const loadedSeconds = lastsSeconds(record) + drainSeconds(record)
  return {
    record,
    requestsPerSecond: requestsPerSecond(record),
    usage: [...usage.values()].map(({ name, cpuSeconds, rssBytes }) => ({
      name,
      rssBytes,
      cpuRatio: cpuSeconds / loadedSeconds,
    })),
  }
}

/** What the processes of a run used while it was loaded, by name: processor time in that time, memory at most. */
const watchUsage = (child: ChildProcess): ReadonlyMap<string, Usage> => {
  const used = new Map<string, Usage>()
  let before: ReadonlyMap<string, Usage> | undefined
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    const now = processTree(child.pid ?? 0)
    before ??= now
    for (const { name, cpuSeconds, rssBytes } of now.values()) {
      used.set(name, {
        name,
        cpuSeconds: cpuSeconds - (before.get(name)?.cpuSeconds ?? 0),
        rssBytes: Math.max(rssBytes, used.get(name)?.rssBytes ?? 0),
      })
    }
  }
  child.stderr?.on('data', (chunk: Buffer) => {
    const said = String(chunk)
    if (said.includes('load  ') && !timer) timer = setInterval(look, 500)
    if (said.includes('reconcile ')) clearInterval(timer)
  })
  child.once('close', () => clearInterval(timer))
  return used
}

const lastsSeconds = ({ phases }: RunRecord): number =>
  (phases.find(({ name }) => name === 'drain')?.fromMs ?? 0) / 1000

/** The drain is as long as its cap: some calls are still under way then. */
const drainSeconds = ({ phases }: RunRecord): number => {
  const drain = phases.find(({ name }) => name === 'drain')
  return ((drain?.toMs ?? 0) - (drain?.fromMs ?? 0)) / 1000
}

/** Of the seconds before the drain. */
const requestsPerSecond = (record: RunRecord): number => {
  const before = record.steps.filter(({ phase }) => phase !== 'drain')
  return before.reduce((sum, { requests }) => sum + requests, 0) / lastsSeconds(record)
}
