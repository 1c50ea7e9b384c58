import type { Row } from '../model/row.ts'
import type { StreamSpec } from '../model/scenario.ts'
import type { RunClock } from './run-clock.ts'
import { type StreamTimetable, tally } from './stream-timetable.ts'

/** The timetable of rows that come of another stream: they are what is expected, no more and no less. Sorts them. */
export const followingTimetable = (
  spec: StreamSpec,
  rows: readonly Row[],
  { dayFactor, clock }: { readonly dayFactor: number; readonly clock: RunClock },
): StreamTimetable => {
  const sorted = rows.filter(({ dueMs }) => dueMs < clock.durationMs).sort((a, b) => a.dueMs - b.dueMs)
  const inSlice = sorted.filter(({ dueMs }) => dueMs >= clock.warmUpMs)
  return {
    spec,
    rows: sorted,
    expected: inSlice.length,
    drawn: tally(inSlice),
    warmUp: sorted.length - inSlice.length,
    open: 0,
    again: 0,
    peakPerSecond: busiestPerSecond(sorted),
    realised: [],
    dayFactor,
  }
}

const [leastMs, mostMs] = [1000, 60_000]

/** Rows of the busiest minute, a second; of all the time that there are rows, where that is shorter. */
export const busiestPerSecond = (rows: readonly Pick<Row, 'dueMs'>[]): number => {
  const lastsMs = (rows.at(-1)?.dueMs ?? 0) - (rows[0]?.dueMs ?? 0)
  const windowMs = Math.min(mostMs, Math.max(leastMs, lastsMs))
  let most = 0
  let first = 0
  for (const [index, { dueMs }] of rows.entries()) {
    while ((rows[first]?.dueMs ?? dueMs) <= dueMs - windowMs) first++
    most = Math.max(most, index - first + 1)
  }
  return (most * 1000) / windowMs
}
