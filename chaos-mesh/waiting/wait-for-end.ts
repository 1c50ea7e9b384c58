import type { Reference } from '../api/objects.ts'
import type { Context, Limits } from '../context.ts'
import { type End, endOf, stuck } from './end.ts'
import { watchUntil } from './watch-until.ts'
import { within } from './within.ts'

/** What counts as the end: that the targets are recovered, or that the object is gone too. */
export interface EndLimits extends Limits {
  readonly until: 'over' | 'gone'
}

/** Waits for the end of an experiment that its duration or a deletion has ended or will end. */
export const waitForEnd = (reference: Reference, context: Context, limits: EndLimits): Promise<End> =>
  within(context, limits, async (signal) => {
    const found = await watchUntil(reference, { ...context, signal }, async (judged) =>
      judged.isGone || limits.until === 'over' ? endOf(judged) : undefined,
    )
    return 'decided' in found ? found.decided : stuck(found.undecided)
  })
