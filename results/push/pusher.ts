import type { PushAnswer, RemoteWrite } from '../../clients/remote-write.ts'
import type { Metric } from '../../model/metrics/metric.ts'
import { Histogram } from '../histogram.ts'
import type { Series, SeriesStore } from './series-store.ts'
import { type TimedSeries, WriteRequests } from './write-request.ts'

export interface PusherOptions {
  readonly store: SeriesStore
  readonly write: RemoteWrite
  /** Labels of every series. */
  readonly labels: Readonly<Record<string, string>>
  readonly nowUnixMs: () => number
  readonly tell: (text: string) => void
  /** Where it goes, for whoever is told that it does not. */
  readonly to: string
}

/** Between two pushes; the dashboards count on it. */
export const pushEveryMs = 5000

/** Of the last push, which carries what a run came to. */
const lastTries = 3

/**
 * Pushes all series of a store as they stand. What was not taken is in the next push, since counters and histograms only grow; whoever
 * watches the run is told once, and the run goes on.
 */
export class Pusher {
  readonly #options: PusherOptions
  readonly #requests: WriteRequests
  readonly #known = new Set<string>()
  readonly #described = new Set<Metric>()
  #histograms = true
  #lastUnixMs: number | undefined
  #isBusy = false
  #failed = 0

  constructor(options: PusherOptions) {
    this.#options = options
    this.#requests = new WriteRequests(options.labels)
  }

  get failed(): number {
    return this.#failed
  }

  /** Does nothing while the one before is under way. */
  async push(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    try {
      await this.#pushOnce()
    } finally {
      this.#isBusy = false
    }
  }

  /** Tries a few times. False: it was not taken. */
  async pushLast(): Promise<boolean> {
    for (let tries = 1; tries <= lastTries; tries++) if (await this.#pushOnce()) return true
    return false
  }

  async #pushOnce(): Promise<boolean> {
    const { store, write, nowUnixMs } = this.#options
    const atUnixMs = nowUnixMs()
    const series = store.all.filter(({ metric }) => this.#histograms || metric.kind !== 'histogram')
    const described = [...new Set(series.map(({ metric }) => metric))].filter((one) => !this.#described.has(one))
    const answer = await write(
      this.#requests.encode(
        series.map((one) => this.#timed(one, atUnixMs)),
        described,
      ),
    )
    if (answer.kind === 'no-histograms' && this.#histograms) {
      this.#histograms = false
      this.#tell(answer)
      return this.#pushOnce()
    }
    if (answer.kind !== 'taken') {
      this.#failed += 1
      if (this.#failed === 1) this.#tell(answer)
      return false
    }
    for (const one of series) this.#known.add(one.key)
    for (const metric of described) this.#described.add(metric)
    this.#lastUnixMs = atUnixMs
    return true
  }

  /** What is counted for the first time stood at 0 before: without that its first step would be lost to every rate. */
  #timed(series: Series, atUnixMs: number): TimedSeries {
    const { metric, value } = series
    const before = Math.max(atUnixMs - pushEveryMs, (this.#lastUnixMs ?? 0) + 1)
    const isNew = metric.kind !== 'gauge' && !this.#known.has(series.key)
    const zero = typeof value === 'number' ? 0 : new Histogram()
    return {
      series,
      values: [...(isNew ? [{ atUnixMs: before, value: zero }] : []), { atUnixMs, value }],
    }
  }

  #tell(answer: Exclude<PushAnswer, { kind: 'taken' }>): void {
    const { to, tell } = this.#options
    if (answer.kind === 'refused') {
      tell(
        `push      ${to} did not take the metrics: ${answer.why}; the run goes on, and its record is whole without them`,
      )
      return
    }
    tell(
      `push      ${to} takes no native histograms, so no latencies: start it with --enable-feature=native-histograms`,
    )
  }
}
