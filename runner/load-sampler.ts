import { readFileSync } from 'node:fs'

/** CPU and memory of the load generator. */
export interface LoadGenerator {
  /** Of one core, mean over the run. */
  readonly cpuRatio: number
  /** Peak. */
  readonly rssBytes: number
}

/** What the load generator has used up to now. */
export interface LoadUse {
  readonly cpuSeconds: number
  /** At this moment. */
  readonly rssBytes: number
}

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100
const pageBytes = 4096

/** Watches processes once a second through /proc, and adds up what they use; zeros where there are none. */
export class LoadSampler {
  readonly #pids: readonly number[]
  readonly #onSample: (use: LoadUse) => void
  readonly #timer: NodeJS.Timeout
  readonly #startedMs: number
  #cpuSeconds = 0
  #rssBytes = 0
  #lastMs: number

  constructor(pids: readonly number[], onSample: (use: LoadUse) => void = () => {}) {
    this.#pids = pids
    this.#onSample = onSample
    this.#startedMs = performance.now()
    this.#lastMs = this.#startedMs
    this.#timer = setInterval(() => this.#sample(), 1000)
  }

  stop(): LoadGenerator {
    clearInterval(this.#timer)
    const seconds = (this.#lastMs - this.#startedMs) / 1000
    return { cpuRatio: seconds > 0 ? this.#cpuSeconds / seconds : 0, rssBytes: this.#rssBytes }
  }

  #sample(): void {
    const uses = this.#pids.flatMap((pid) => readStat(pid) ?? [])
    // One that has ended takes its time with it.
    if (uses.length < this.#pids.length) return
    const cpuSeconds = uses.reduce((sum, use) => sum + use.cpuSeconds, 0)
    const rssBytes = uses.reduce((sum, use) => sum + use.rssBytes, 0)
    this.#cpuSeconds = cpuSeconds
    this.#rssBytes = Math.max(this.#rssBytes, rssBytes)
    this.#lastMs = performance.now()
    this.#onSample({ cpuSeconds, rssBytes })
  }
}

/** Fields 14, 15 (user, system ticks) and 24 (resident pages) of proc(5) stat, counted behind the name in brackets. */
const readStat = (pid: number): LoadUse | undefined => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      rssBytes: Number(fields[21]) * pageBytes,
    }
  } catch {
    return undefined
  }
}
