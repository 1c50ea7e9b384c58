import { meanHandlingMs } from '../generators/handling.ts'
import type { Scenario } from '../model/scenario.ts'
import { assumedStepMs } from '../region/pace.ts'

/** Assumption: enough requests for a p95 at a few a second. */
const shortestMs = 30_000
/** Assumption: who waits for a limit does not wait for a day. */
const longestMs = 240_000
/** Of the mean duration of a journey: most of those that begin in the stretch end in it. */
const times = 1.5

/** How long the judged stretch of a trial is, so that the longest journeys of a scenario can be judged; a televisit cannot. */
export const trialLengthMs = ({ streams }: Scenario): number => {
  const longest = Math.max(...streams.map((stream) => meanHandlingMs(stream, assumedStepMs.value)))
  return Math.min(longestMs, Math.max(shortestMs, Math.round((times * longest) / 10_000) * 10_000))
}
