import type { ProcessShare } from './measured-run.ts'

/** What is kept of a run of five minutes at one multiple of the region's load. */
export interface Load {
  readonly factor: number
  readonly planned: number
  readonly started: number
  readonly requestsPerSecond: number
  readonly bytesPerSecond: number
  readonly usage: readonly ProcessShare[]
  readonly timerLagMs: number
  readonly workerWaitMs: number
  readonly verified: number
  readonly verdict: string
  readonly firstReason: string
}
