import { meanHandlingMs } from '../generators/handling.ts'
import type { StreamTimetable } from './stream-timetable.ts'

/** What one k6 VU of ours takes, measured with 1,000 actors (docs/decisions/0001). */
const actorBytes = 600_000

/** A step that hangs holds its actor this long: the default time-out of a target. */
const stepTimeoutMs = 10_000

/**
 * Actors of a stream. Staff: the people on shift. Population: as many as the peak needs when every step hangs to its
 * time-out, peak rate × (Σ think times + steps × time-out), and no fewer than are under way when the run begins.
 * Never more than there are rows: k6 refuses idle actors.
 */
export const poolOf = ({
  spec,
  rows,
  open,
  peakPerSecond,
}: StreamTimetable): { pool: number; poolMemoryBytes: number } => {
  const wanted =
    spec.pool.kind === 'staff'
      ? spec.pool.people
      : Math.max(open, Math.ceil(peakPerSecond * (meanHandlingMs(spec, stepTimeoutMs) / 1000)))
  const pool = Math.min(Math.max(wanted, 1), rows.length)
  return { pool, poolMemoryBytes: pool * actorBytes }
}
