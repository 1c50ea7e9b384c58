import { processorTime } from '../chaos/drivers/twin/processor-time.ts'
import type { ProcessorTime } from '../model/processor-time.ts'
import { vcpusPerProcess } from '../region/energy.ts'
import type { WatchedProcesses, WatchedSystem } from './watched-processes.ts'

/** Watches the processes of a target once a second; also of those that are started again meanwhile. */
export class ProcessorSampler {
  readonly #watched: WatchedProcesses
  readonly #look: typeof processorTime
  readonly #uses = new Map<string, SystemUse>()
  #fromMs: number | undefined
  #toMs = 0
  #timer: NodeJS.Timeout | undefined

  /** `look`: how processes are looked at. */
  constructor(watched: WatchedProcesses, look = processorTime) {
    this.#watched = watched
    this.#look = look
  }

  /** It counts from so much later on. */
  begin(afterMs: number): void {
    this.#timer = setTimeout(() => {
      this.#sample()
      this.#timer = setInterval(() => this.#sample(), 1000)
    }, afterMs)
  }

  stop(): ProcessorTime {
    clearInterval(this.#timer)
    if (this.#watched.kind === 'not-known') return this.#watched
    if (this.#fromMs === undefined) return { kind: 'not-known', reason: 'the load never began' }
    this.#sample()
    const systems = [...this.#uses].map(([system, { processes, usedMs }]) => ({
      system,
      vcpus: processes * vcpusPerProcess.value,
      usedMs,
    }))
    return { kind: 'known', lastsMs: this.#toMs - this.#fromMs, systems }
  }

  #sample(): void {
    if (this.#watched.kind === 'not-known') return
    for (const watched of this.#watched.systems) this.#add(watched)
    this.#fromMs ??= this.#toMs
  }

  #add({ system, pids }: WatchedSystem): void {
    const { atMs, usedMsByPid } = this.#look(pids())
    const use = this.#uses.get(system) ?? new SystemUse(this.#fromMs === undefined ? usedMsByPid : new Map())
    this.#uses.set(system, use)
    use.see(usedMsByPid)
    this.#toMs = atMs
  }
}

/** What the processes of a system have used since they were first looked at. */
class SystemUse {
  processes = 0
  readonly #before: ReadonlyMap<number, number>
  readonly #usedMsByPid = new Map<number, number>()

  constructor(before: ReadonlyMap<number, number>) {
    this.#before = before
  }

  get usedMs(): number {
    return [...this.#usedMsByPid.values()].reduce((sum, usedMs) => sum + usedMs, 0)
  }

  /** One that is gone seems to have used nothing. */
  see(usedMsByPid: ReadonlyMap<number, number>): void {
    this.processes = Math.max(this.processes, usedMsByPid.size)
    for (const [pid, usedMs] of usedMsByPid) {
      const since = usedMs - (this.#before.get(pid) ?? 0)
      this.#usedMsByPid.set(pid, Math.max(since, this.#usedMsByPid.get(pid) ?? 0))
    }
  }
}
