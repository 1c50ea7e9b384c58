import type { StreamSpec } from '../model/scenario.ts'
import { followingTimetable } from './following-timetable.ts'
import type { RunClock } from './run-clock.ts'
import { settleMs } from './settle.ts'
import type { StreamTimetable } from './stream-timetable.ts'

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
  return followingTimetable(spec, rows, { dayFactor: followed.dayFactor, clock })
}
