import { type PushTarget, remoteWriter } from '../clients/remote-write.ts'
import type { Environment } from '../clients/token.ts'
import type { Experiment } from '../model/experiment.ts'
import { metrics } from '../model/metrics.ts'
import type { RunRecord } from '../model/run-record.ts'
import type { DrawnPlan } from '../planner/drawn-plan.ts'
import type { CollectorWatch } from '../results/collector-watch.ts'
import { LiveSeries } from '../results/push/live-series.ts'
import { setOutcomes } from '../results/push/outcome-series.ts'
import { Pusher, pushEveryMs } from '../results/push/pusher.ts'
import { setResults } from '../results/push/result-series.ts'
import { SeriesStore } from '../results/push/series-store.ts'
import { readCells } from '../results/read-cells.ts'
import { targetGates } from './ask-prometheus.ts'
import type { LoadUse } from './load-sampler.ts'
import type { OpenTarget } from './open-target.ts'

/** What a run pushes, and to whom. */
export interface PushedRun {
  readonly to: PushTarget
  readonly env: Environment
  readonly drawn: DrawnPlan
  readonly open: Pick<OpenTarget, 'target'>
  readonly experiment: Experiment | undefined
  readonly id: string
  readonly seed: number
  readonly tell: (text: string) => void
}

/** A fault of the run has begun, or is over. */
export interface FaultChange {
  readonly id: string
  readonly isActive: boolean
}

/** Pushes the series of one run to Prometheus while it goes on, and once more what it came to. Nothing of it can hold the run up. */
export class RunPush {
  readonly watch: CollectorWatch
  readonly #run: PushedRun
  readonly #store = new SeriesStore()
  readonly #live: LiveSeries
  readonly #pusher: Pusher
  #t0UnixMs: number | undefined
  #timer: NodeJS.Timeout | undefined
  #usedMicroseconds = 0

  /** Throws a usage Failure for an address that is none, or a variable that is not set. */
  constructor(run: PushedRun) {
    const { drawn, open, to, env, tell, id } = run
    const { plan, streams } = drawn
    this.#run = run
    this.#live = new LiveSeries(this.#store, {
      plan,
      rows: Object.fromEntries(streams.map(({ planned, timetable }) => [planned.name, timetable.rows])),
      gates: [...plan.gates, ...targetGates(open.target)],
    })
    this.watch = {
      cells: (cells) => this.#metered(() => this.#live.cells(cells)),
      ended: (sample) => this.#metered(() => this.#live.ended(sample)),
    }
    this.#pusher = new Pusher({
      store: this.#store,
      write: remoteWriter(to, env),
      labels: { run: id, scenario: plan.scenario, target: open.target.name },
      nowUnixMs: Date.now,
      tell,
      to: to.url,
    })
    this.#endFaults()
  }

  /** What the run is asked to do, and of what. */
  describe(environment: string, { commit, collaudo }: RunRecord['provenance']): void {
    const { seed, experiment } = this.#run
    const what = { experiment: experiment?.name ?? '', environment, seed: String(seed), commit, version: collaudo }
    this.#store.set(metrics.runInfo, what, 1)
  }

  /** The load begins: `t0UnixMs` is its zero. */
  begin(t0UnixMs: number): void {
    this.#t0UnixMs = t0UnixMs
    this.#timer = setInterval(() => void this.#metered(() => this.#push()), pushEveryMs)
  }

  fault({ id, isActive }: FaultChange): void {
    const use = this.#run.experiment?.faults[Number(id.slice(1)) - 1]
    if (use === undefined) return
    const { kind, component } = use.fault
    this.#store.set(metrics.faultActive, { fault: id, kind, component }, isActive ? 1 : 0)
  }

  loadGenerator({ cpuSeconds, rssBytes }: LoadUse): void {
    this.#store.set(metrics.loadGeneratorProcessor, {}, cpuSeconds)
    this.#store.set(metrics.loadGeneratorMemory, {}, rssBytes)
  }

  /** The record is there: pushes what the run came to. */
  async finish(dir: string, record: RunRecord): Promise<void> {
    const { tell, id } = this.#run
    this.stop()
    this.#live.see(undefined)
    this.#endFaults()
    setResults(this.#store, record, await readCells(dir))
    setOutcomes(this.#store, record)
    if (!(await this.#pusher.pushLast())) tell(`push      what run ${id} came to is not in Prometheus`)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #endFaults(): void {
    const { faults = [] } = this.#run.experiment ?? {}
    for (const index of faults.keys()) this.fault({ id: `f${index + 1}`, isActive: false })
  }

  #push(): Promise<void> {
    if (this.#t0UnixMs !== undefined) this.#live.see(Date.now() - this.#t0UnixMs)
    const { user, system } = process.cpuUsage()
    this.#store.set(metrics.collectorProcessor, {}, (user + system) / 1e6)
    this.#store.set(metrics.pushProcessor, {}, this.#usedMicroseconds / 1e6)
    this.#store.set(metrics.collectorMemory, {}, process.memoryUsage.rss())
    this.#store.set(metrics.pushesFailed, {}, this.#pusher.failed)
    return this.#pusher.push()
  }

  /** Counts the processor time of what is done before it first waits. */
  #metered<T>(work: () => T): T {
    const before = process.cpuUsage()
    const done = work()
    const { user, system } = process.cpuUsage(before)
    this.#usedMicroseconds += user + system
    return done
  }
}
