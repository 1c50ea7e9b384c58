import { feedCollector } from './feed-collector.ts'

/** What the collector managed, per second of its own processor time. */
export interface CollectFigures {
  /** CSV lines, k6's own included. */
  readonly linesPerSecond: number
  readonly ownSamplesPerSecond: number
  readonly bytesPerSecond: number
  /** Peak resident memory of its process, a day of run time long. */
  readonly rssBytes: number
}

/** 100,000 bookings spread over 24 hours of run time. */
export const benchCollect = async (): Promise<CollectFigures> => {
  const { lines, ownSamples, bytes, cpuSeconds, rssBytes } = await feedCollector(100_000)
  return {
    linesPerSecond: lines / cpuSeconds,
    ownSamplesPerSecond: ownSamples / cpuSeconds,
    bytesPerSecond: bytes / cpuSeconds,
    rssBytes,
  }
}
