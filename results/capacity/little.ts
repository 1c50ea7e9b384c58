import type { Trial } from '../../model/capacity-record.ts'

/** More than this, and more than chance, is said. */
const widestGapRatio = 0.1
/** Standard deviations that chance is given. */
const deviations = 3

/** Journeys seen in a stretch of time. */
export interface Busy {
  readonly lastsMs: number
  /** Time that actors spent on journeys inside the stretch, whenever these began or ended. */
  readonly busyMs: number
  /** Whole duration of each journey that ended inside the stretch. */
  readonly endedMs: readonly number[]
}

/**
 * Little's law L = λ·W: mean busy actors L = busy time / stretch, λ journeys ended / stretch, W their mean duration. It holds
 * where as much ends as begins; a gap of more than 10 % tells that the stretch was no plateau. Chance alone makes one of
 * √Σd² / Σd (durations d of a Poisson number of journeys), so three times that is needed too.
 */
export const littlesLaw = ({ lastsMs, busyMs, endedMs }: Busy): Trial['little'] => {
  const sum = endedMs.reduce((all, ms) => all + ms, 0)
  const chance = Math.sqrt(endedMs.reduce((all, ms) => all + ms ** 2, 0)) / Math.max(sum, 1)
  const gapRatio = busyMs === 0 ? 0 : Math.abs(busyMs - sum) / busyMs
  return {
    busyActors: busyMs / lastsMs,
    expectedBusyActors: sum / lastsMs,
    gapRatio,
    isPlateau: gapRatio <= Math.max(widestGapRatio, deviations * chance),
  }
}
