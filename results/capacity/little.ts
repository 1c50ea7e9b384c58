import type { SystemFlow } from '../../model/capacity-record.ts'

/** More than this, and more than chance, is said. */
const widestGapRatio = 0.1
/** Standard deviations that chance is given. */
const deviations = 3

/** Requests to a system in a stretch of time. */
export interface Requests {
  /** Mean number in it at a time. */
  readonly inFlight: number
  /** How many were sent in the stretch, and the mean of how long they took. */
  readonly sent: number
  readonly sentPerSecond: number
  readonly meanMs: number
}

/**
 * Little's law L = λ·W: L requests in a system at a time, λ sent per second, W their mean duration. It holds where as much ends as
 * begins; a gap of more than 10 % tells that the stretch was no plateau. Chance alone makes one of √(2/n) for n requests whose
 * durations spread like those of a queue (exponential, E[W²] = 2 E[W]²), so three times that is needed too.
 */
export const littlesLaw = ({ inFlight, sent, sentPerSecond, meanMs }: Requests): SystemFlow['little'] => {
  const expectedInFlight = (sentPerSecond * meanMs) / 1000
  const gapRatio = inFlight === 0 ? 0 : Math.abs(inFlight - expectedInFlight) / inFlight
  const chance = Math.sqrt(2 / Math.max(1, sent))
  return { expectedInFlight, gapRatio, isPlateau: gapRatio <= Math.max(widestGapRatio, deviations * chance) }
}
