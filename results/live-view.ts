import { Histogram } from './histogram.ts'

/** Quantiles of the live view look this far back. */
const windowSeconds = 10

interface Second {
  index: number
  steps: number
  latency: Map<string, Histogram>
}

/** Steps that have ended, those of them that were not answered, and those that were within the time that is called good. */
export interface StepCounts {
  readonly sent: number
  readonly failed: number
  readonly good: number
}

/** A run for whoever watches: its last seconds in bins of one second (older samples that report late are left out), and its steps so far. */
export class LiveView {
  readonly #seconds: Second[] = Array.from({ length: windowSeconds }, () => ({
    index: -1,
    steps: 0,
    latency: new Map(),
  }))
  readonly #steps = new Map<string, StepCounts>()
  readonly #goodWithinMs: number
  #newest = 0

  constructor(goodWithinMs = Number.POSITIVE_INFINITY) {
    this.#goodWithinMs = goodWithinMs
  }

  /** A step that ended at `endedMs` of the run's clock; without a latency when it was not answered. */
  record(stream: string, endedMs: number, latencyMs: number | undefined): void {
    const { sent, failed, good } = this.#steps.get(stream) ?? { sent: 0, failed: 0, good: 0 }
    this.#steps.set(stream, {
      sent: sent + 1,
      failed: failed + (latencyMs === undefined ? 1 : 0),
      good: good + (latencyMs !== undefined && latencyMs <= this.#goodWithinMs ? 1 : 0),
    })
    const index = Math.floor(endedMs / 1000)
    if (index <= this.#newest - windowSeconds) return
    this.#newest = Math.max(this.#newest, index)
    const second = this.#second(index)
    second.steps += 1
    if (latencyMs === undefined) return
    const latency = second.latency.get(stream) ?? new Histogram()
    latency.record(latencyMs)
    second.latency.set(stream, latency)
  }

  get stepsByStream(): Readonly<Record<string, StepCounts>> {
    return Object.fromEntries(this.#steps)
  }

  /** Steps that ended in the last whole second. */
  get requestsPerSecond(): number {
    return this.#recent().find((second) => second.index === this.#newest - 1)?.steps ?? 0
  }

  /** In ms, over the last ten seconds. */
  p95ByStream(): Readonly<Record<string, number>> {
    const merged = new Map<string, Histogram>()
    for (const { latency } of this.#recent()) {
      for (const [stream, histogram] of latency) {
        merged.set(stream, Histogram.merged([merged.get(stream) ?? new Histogram(), histogram]))
      }
    }
    return Object.fromEntries([...merged].map(([stream, histogram]) => [stream, histogram.quantile(0.95)]))
  }

  #second(index: number): Second {
    const place = ((index % windowSeconds) + windowSeconds) % windowSeconds
    const second = this.#seconds[place]
    if (second?.index === index) return second
    const fresh = { index, steps: 0, latency: new Map<string, Histogram>() }
    this.#seconds[place] = fresh
    return fresh
  }

  #recent(): readonly Second[] {
    return this.#seconds.filter((second) => second.index > this.#newest - windowSeconds)
  }
}
