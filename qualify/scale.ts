import type { ChildProcess } from 'node:child_process'
import type { RunRecord } from '../model/run-record.ts'
import { recordOf } from './collaudo.ts'
import { processTree, type Usage } from './process-tree.ts'
import type { Figure, Proof } from './proof.ts'

/** Five minutes of the Monday peak. */
const peak = ['recup-day', '--day', 'monday', '--from', '09:00', '--to', '09:05']

/** What the processes of a run used while it was loaded, by name: processor time in that time, memory at most. */
const watchUsage = (child: ChildProcess): ReadonlyMap<string, Usage> => {
  const used = new Map<string, Usage>()
  let before: ReadonlyMap<string, Usage> | undefined
  let timer: NodeJS.Timeout | undefined
  const look = () => {
    const now = byName(processTree(child.pid ?? 0))
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

/** Processes of one name together. */
const byName = (tree: ReadonlyMap<number, Usage>): ReadonlyMap<string, Usage> => {
  const sums = new Map<string, Usage>()
  for (const { name, cpuSeconds, rssBytes } of tree.values()) {
    const sum = sums.get(name) ?? { name, cpuSeconds: 0, rssBytes: 0 }
    sums.set(name, { name, cpuSeconds: sum.cpuSeconds + cpuSeconds, rssBytes: sum.rssBytes + rssBytes })
  }
  return sums
}

const run = async (factor: number): Promise<Figure> => {
  let usage: ReadonlyMap<string, Usage> = new Map()
  const record = await recordOf([...peak, '--scale', String(factor)], (child) => {
    usage = watchUsage(child)
  })
  const { delivery, reasons, verdict } = record
  return {
    figure: [
      `${delivery.started} of ${delivery.planned} rows started, ${requestsPerSecond(record).toFixed(0)} requests/s`,
      [...usage.values()].map((of) => describe(of, record)).join(', '),
      `timer lag p99 ${delivery.timerLagMs.p99.toFixed(1)} ms, waited for an actor p99 ${(delivery.workerWaitMs.p99 / 1000).toFixed(1)} s`,
      `${verdict}: ${reasons[0] ?? 'no limit reached'}`,
    ].join('; '),
    ok: delivery.started === delivery.planned && delivery.samplesLost === 0 && record.integrity.complete,
  }
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

const describe = ({ name, cpuSeconds, rssBytes }: Usage, record: RunRecord): string =>
  `${name} ${((100 * cpuSeconds) / (lastsSeconds(record) + drainSeconds(record))).toFixed(0)} % of a core and ${(rssBytes / 1e6).toFixed(0)} MB`

/** The region's Monday peak and its multiples on one small machine. */
export const scale: Proof = {
  name: 'scale',
  cases: [1, 2, 5, 10].map((factor) => ({
    name: `Monday 9:00 to 9:05 at × ${factor}`,
    limit: 'every row started; the first limit named',
    run: () => run(factor),
  })),
}
