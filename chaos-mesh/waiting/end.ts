import type { TargetState } from '../status/conclude.ts'
import type { Observed } from '../status/observed.ts'
import { inWords } from './target-words.ts'
import type { Judged } from './watch-until.ts'

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
  | Stuck

/** What does not end, and why. */
export interface Stuck {
  readonly kind: 'stuck'
  readonly sentence: string
  readonly missing: readonly TargetState[]
}

/** The end that a state is; undefined when it is none. */
export const endOf = ({ conclusion, object }: Judged): End | undefined => {
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

/** What the time was over for, by what was seen last. */
export const stuck = (last: Judged | undefined): Stuck => {
  const conclusion = last?.conclusion
  if (conclusion === undefined) return { kind: 'stuck', sentence: 'the API server gave no answer', missing: [] }
  if (conclusion.kind === 'recovering' && conclusion.missing.length > 0) {
    return { kind: 'stuck', sentence: inWords(conclusion.missing), missing: conclusion.missing }
  }
  const holders = last?.object?.metadata.finalizers ?? []
  const held = holders.length > 0 ? `; held by ${holders.join(', ')}` : ''
  return { kind: 'stuck', sentence: `it is ${conclusion.kind}${held}`, missing: [] }
}
