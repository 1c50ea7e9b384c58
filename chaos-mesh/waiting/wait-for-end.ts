import type { Reference } from '../api/objects.ts'
import type { Context, Limits } from '../context.ts'
import { type End, endOf, stuck } from './end.ts'
import { measure } from './measure.ts'
import { watchUntil } from './watch-until.ts'
import { within } from './within.ts'

/** `until`: the targets are recovered, or the object is gone too. `effect` measures whether any is there still. */
export interface EndLimits extends Limits {
  readonly until: 'over' | 'gone'
  readonly effect?: () => Promise<boolean>
}

/** Waits for the end of an experiment that its duration or a deletion has ended or will end. */
export const waitForEnd = (
  reference: Reference,
  context: Context,
  { until, effect, ...limits }: EndLimits,
): Promise<End> =>
  within(context, limits, async (signal) => {
    const found = await watchUntil(reference, { ...context, signal }, async (judged) =>
      judged.isGone || until === 'over' ? endOf(judged) : undefined,
    )
    if (!('decided' in found)) return stuck(found.undecided)
    if (await measure(effect, false, { ...context, signal })) return found.decided
    return { kind: 'stuck', sentence: `it is ${found.decided.kind}, and its effect is measured still`, missing: [] }
  })
