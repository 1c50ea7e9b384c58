import type { StreamSpec } from '../model/scenario.ts'
import type { RunClock } from './run-clock.ts'
import { type StreamTimetable, tally } from './stream-timetable.ts'

/** What is still under way when the writers switch has come to the old side by then. */
export const settleMs = 10_000

/** After the writers have switched, each study that they have stored on the old side meanwhile is moved, evenly until the run ends. */
export const catchUpTimetable = (
  spec: StreamSpec,
  followed: StreamTimetable,
  { clock, cutoverMs }: { readonly clock: RunClock; readonly cutoverMs: number },
): StreamTimetable => {
  const stored = followed.rows.map((row, number) => ({ ...row, number })).filter(({ dueMs }) => dueMs < cutoverMs)
  const fromMs = Math.min(cutoverMs + settleMs, clock.durationMs)
  const everyMs = (clock.durationMs - fromMs) / Math.max(1, stored.length)
  const rows = stored.map(({ seed, number }, index) => ({
    dueMs: fromMs + index * everyMs,
    journey: 'move-study' as const,
    step: 'move',
    // The number of the row that has stored it.
    subject: number,
    seed,
  }))
  return {
    spec,
    rows,
    expected: rows.length,
    drawn: tally(rows),
    warmUp: 0,
    open: 0,
    again: 0,
    peakPerSecond: everyMs > 0 ? 1000 / everyMs : 0,
    realised: [],
    dayFactor: followed.dayFactor,
  }
}
