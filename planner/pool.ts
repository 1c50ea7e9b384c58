import { meanHandlingMs } from '../generators/handling.ts'
import type { StreamTimetable } from './stream-timetable.ts'

/** What one k6 VU of ours takes: 0.77 MB, k6 itself included, in three minutes of a regional day with 1,272 of them. */
const actorBytes = 800_000

/** A step that hangs holds its actor this long: the default time-out of a target. */
const stepTimeoutMs = 10_000

/** Standard deviations above the mean: a Poisson number exceeds it three times in 100,000. */
const deviations = 4

/**
 * Actors of a stream. Staff: the people on shift. Population: nobody waits for an actor even at the peak and when every step
 * hangs to its time-out: L + 4 √L with L = peak rate × (Σ think times + steps × time-out), since the number of those who are
 * there at a time is Poisson distributed with mean L. Never more than there are rows: k6 refuses idle actors.
 */
export const poolOf = ({ spec, rows, peakPerSecond }: StreamTimetable): { pool: number; poolMemoryBytes: number } => {
  const wanted =
    spec.pool.kind === 'staff'
      ? spec.pool.people
      : withHeadroom(peakPerSecond * (meanHandlingMs(spec, stepTimeoutMs) / 1000))
  const pool = Math.min(Math.max(wanted, 1), rows.length)
  return { pool, poolMemoryBytes: pool * actorBytes }
}

const withHeadroom = (mean: number): number => Math.ceil(mean + deviations * Math.sqrt(mean))
