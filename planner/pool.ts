import type { StreamSpec } from '../model/scenario.ts'
import type { ThinkTime } from '../region/pace.ts'
import { paceOf } from '../region/pace.ts'
import type { StreamTimetable } from './stream-timetable.ts'

/** What one k6 VU of ours takes, measured with 1,000 actors (docs/decisions/0001). */
const actorBytes = 600_000

/** A step that hangs holds its actor this long: the default time-out of a target. */
const stepTimeoutMs = 10_000

/**
 * Actors of a stream. Staff: the people on shift. Population: as many as the peak needs when every step hangs to its
 * time-out, peak rate × (Σ think times + steps × time-out). Never more than there are rows: k6 refuses idle actors.
 */
export const poolOf = ({ spec, rows, peakPerSecond }: StreamTimetable): { pool: number; poolMemoryBytes: number } => {
  const wanted = spec.pool.kind === 'staff' ? spec.pool.people : Math.ceil(peakPerSecond * (longestMs(spec) / 1000))
  const pool = Math.min(Math.max(wanted, 1), rows.length)
  return { pool, poolMemoryBytes: pool * actorBytes }
}

const longestMs = (spec: StreamSpec): number =>
  paceOf(spec.action, spec.channel).reduce((sum, step) => sum + meanThinkMs(step.thinkAfter) + stepTimeoutMs, 0)

const meanThinkMs = (think: ThinkTime): number => {
  switch (think.kind) {
    case 'none':
      return 0
    case 'log-normal':
      return think.medianMs * Math.exp(think.sigma ** 2 / 2)
    case 'exponential':
      return think.meanMs
  }
}
