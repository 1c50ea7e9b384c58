import type { Snapshot } from '../results/collector.ts'

/** The run as it is now, for the live block of a terminal. */
export const liveBlock = (snapshot: Snapshot, waiting: number): string => {
  const { elapsedMs, planned, started, underWay, completed, requestsPerSecond, p95ByStream, outcomes, failed } =
    snapshot
  const latencies = Object.entries(p95ByStream).map(([stream, ms]) => `${stream} ${ms.toFixed(0)} ms`)
  const endings = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`)
  return [
    `elapsed ${Math.round(elapsedMs / 1000)} s   rows: planned ${planned}, started ${started}, waiting ${waiting}, under way ${underWay}, completed ${completed}`,
    `requests ${requestsPerSecond}/s   p95 ${latencies.join(', ') || '–'}`,
    `outcomes ${endings.join(', ') || '–'}   errors ${failed}`,
  ].join('\n')
}
