import type { Slice } from '../model/plan.ts'
import type { Action } from '../model/scenario.ts'
import { timeInRome } from './time-in-rome.ts'

/** One arrival of a log. */
export interface ReplayedArrival {
  /** After the first arrival of the log. */
  readonly atMs: number
  /** What it came for, where the log says so. */
  readonly action: Action | undefined
}

/** Real arrivals in place of the curves; a stream without any stays silent. */
export interface Replay {
  readonly slice: Slice
  readonly arrivals: ReadonlyMap<string, readonly ReplayedArrival[]>
}

/** What is replayed is no longer than this. */
export const dayMs = 86_400_000

interface Logged {
  readonly unixMs: number
  readonly stream: string
  /** Empty where the log does not know. */
  readonly action: string
}

/** A replay of arrivals in the order of time, all of one day; `sha256` is that of the file they come from. */
export const replayOf = (log: readonly Logged[], sha256: string): Replay => {
  const firstUnixMs = log[0]?.unixMs ?? 0
  const lastMs = (log.at(-1)?.unixMs ?? 0) - firstUnixMs
  const { date, ofDayMs } = timeInRome(firstUnixMs)
  // In October a clock shows the same time again an hour later.
  const fromMs = Math.min(ofDayMs, dayMs - lastMs - 1)
  const arrivals = new Map<string, ReplayedArrival[]>()
  for (const { unixMs, stream, action } of log) {
    const own = arrivals.get(stream) ?? []
    arrivals.set(stream, own)
    own.push({ atMs: unixMs - firstUnixMs, action: action === '' ? undefined : (action as Action) })
  }
  const slice = {
    day: date,
    fromMs,
    toMs: fromMs + lastMs + 1,
    fullVolume: false,
    scale: {},
  }
  return { slice: { ...slice, replay: { rows: log.length, sha256 } }, arrivals }
}
