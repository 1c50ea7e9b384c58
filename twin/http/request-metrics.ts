/** Upper bounds of the duration histogram, seconds. */
const bucketsS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Series {
  readonly labels: string
  readonly counts: number[]
  count: number
  sumS: number
}

/** A request that was answered. */
export interface ServedRequest {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly durationS: number
}

/** Counts and durations of requests, in the text format of Prometheus. */
export class RequestMetrics {
  readonly #series = new Map<string, Series>()

  add({ method, route, status, durationS }: ServedRequest): void {
    const labels = `method="${method}",route="${route}",status="${status}"`
    const series = this.#series.get(labels) ?? { labels, counts: bucketsS.map(() => 0), count: 0, sumS: 0 }
    this.#series.set(labels, series)
    const bucket = bucketsS.findIndex((bound) => durationS <= bound)
    if (bucket >= 0) series.counts[bucket] = (series.counts[bucket] ?? 0) + 1
    series.count += 1
    series.sumS += durationS
  }

  text(): string {
    const all = [...this.#series.values()]
    return [
      '# HELP http_requests_total Requests answered.',
      '# TYPE http_requests_total counter',
      ...all.map(({ labels, count }) => `http_requests_total{${labels}} ${count}`),
      '# HELP http_request_duration_seconds Time from the head of a request to its answer.',
      '# TYPE http_request_duration_seconds histogram',
      ...all.flatMap(histogramLines),
      '# HELP process_resident_memory_bytes Resident memory of the process.',
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      '# HELP process_cpu_seconds_total CPU time of the process, user and system.',
      '# TYPE process_cpu_seconds_total counter',
      `process_cpu_seconds_total ${cpuSeconds()}`,
      '',
    ].join('\n')
  }
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

const histogramLines = ({ labels, counts, count, sumS }: Series): readonly string[] => {
  let cumulative = 0
  return [
    ...bucketsS.map((bound, index) => {
      cumulative += counts[index] ?? 0
      return `http_request_duration_seconds_bucket{${labels},le="${bound}"} ${cumulative}`
    }),
    `http_request_duration_seconds_bucket{${labels},le="+Inf"} ${count}`,
    `http_request_duration_seconds_sum{${labels}} ${sumS}`,
    `http_request_duration_seconds_count{${labels}} ${count}`,
  ]
}
