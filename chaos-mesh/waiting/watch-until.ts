import type { Reference } from '../api/objects.ts'
import type { Context } from '../context.ts'
import { type Conclusion, conclude } from '../status/conclude.ts'
import type { Observed } from '../status/observed.ts'
import { follow } from '../watch/follow.ts'

/** One look, judged. */
export interface Judged {
  readonly conclusion: Conclusion
  /** Undefined when it was never seen. */
  readonly object: Observed | undefined
  readonly isGone: boolean
  /** When it was seen, Unix ms of our clock. */
  readonly atUnixMs: number
}

/**
 * Looks until `decide` has an answer, or the signal ends it; then `undecided` has what was seen last, where anything was. `decide` is asked again
 * at every look, whether anything has changed or not.
 */
export const watchUntil = async <T>(
  reference: Reference,
  { objects, clock, signal }: Context & { readonly signal: AbortSignal },
  decide: (judged: Judged) => Promise<T | undefined>,
): Promise<{ readonly decided: T } | { readonly undecided: Judged | undefined }> => {
  let latest: Judged | undefined
  for await (const sighting of follow(reference, { objects, clock, signal })) {
    const object = sighting.kind === 'seen' ? sighting.object : sighting.last
    const isGone = sighting.kind === 'gone'
    const conclusion = object === undefined ? ({ kind: 'vanished', missing: [] } as const) : conclude(object, isGone)
    latest = { conclusion, object, isGone, atUnixMs: clock.nowUnixMs() }
    const decided = await decide(latest)
    if (decided !== undefined) return { decided }
  }
  return { undecided: latest }
}
