import type { Reference } from '../api/objects.ts'
import type { Context, Limits } from '../context.ts'
import type { TargetState } from '../status/conclude.ts'
import type { Observed } from '../status/observed.ts'
import { inWords } from './target-words.ts'
import { type Judged, watchUntil } from './watch-until.ts'
import { within } from './within.ts'

/**
 * How an experiment has ended. `recovered`: each target that was hit is as before, by its record; `never-injected`: none was hit; `done`: it
 * happened once, and there is nothing to recover; `vanished`: the object is gone, and its recovery was not seen (somebody took its finalizer, or the
 * API server was away): measure; `stuck`: not recovered in time.
 */
export type End =
  | { readonly kind: 'recovered'; readonly object: Observed }
  | { readonly kind: 'never-injected' }
  | { readonly kind: 'done'; readonly object: Observed }
  | { readonly kind: 'vanished'; readonly missing: readonly TargetState[] }
  | { readonly kind: 'stuck'; readonly sentence: string; readonly missing: readonly TargetState[] }

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

const endOf = ({ conclusion, object }: Judged): End | undefined => {
  switch (conclusion.kind) {
    case 'recovered':
    case 'done':
      return object && { kind: conclusion.kind, object }
    case 'never-injected':
      return { kind: 'never-injected' }
    case 'vanished':
      return { kind: 'vanished', missing: conclusion.missing }
    default:
      return undefined
  }
}

const stuck = (last: Judged | undefined): End => {
  const conclusion = last?.conclusion
  if (conclusion === undefined) return { kind: 'stuck', sentence: 'the API server gave no answer', missing: [] }
  if (conclusion.kind === 'recovering' && conclusion.missing.length > 0) {
    return { kind: 'stuck', sentence: inWords(conclusion.missing), missing: conclusion.missing }
  }
  const holders = last?.object?.metadata.finalizers ?? []
  const held = holders.length > 0 ? `; held by ${holders.join(', ')}` : ''
  return { kind: 'stuck', sentence: `it is ${conclusion.kind}${held}`, missing: [] }
}
