import type { Reference } from './api/objects.ts'
import type { Context, Limits } from './context.ts'
import { persist } from './recovery/persist.ts'
import { pauseAnnotation } from './status/conclude.ts'
import { inWords } from './waiting/target-words.ts'
import { watchUntil } from './waiting/watch-until.ts'
import { within } from './waiting/within.ts'

/** Whether every target is recovered, and the experiment can go on. */
export type Pause = { readonly kind: 'paused' } | { readonly kind: 'not-paused'; readonly sentence: string }

/** Recovers the targets of an experiment and keeps it. Its duration goes on meanwhile. Throws what the server says to the request. */
export const pause = (reference: Reference, context: Context, limits: Limits): Promise<Pause> =>
  within(context, limits, async (signal) => {
    await persist(context, signal, () => context.objects.annotate(reference, { [pauseAnnotation]: 'true' }, signal))
    const found = await watchUntil(reference, { ...context, signal }, async ({ conclusion, isGone }) => {
      if (conclusion.kind === 'paused') return { kind: 'paused' } as const
      return isGone ? ({ kind: 'not-paused', sentence: 'the object exists no more' } as const) : undefined
    })
    if ('decided' in found) return found.decided
    const conclusion = found.undecided?.conclusion
    const sentence =
      conclusion?.kind === 'recovering' ? inWords(conclusion.missing) : `it is ${conclusion?.kind ?? 'not seen'}`
    return { kind: 'not-paused', sentence }
  })

/** Lets a paused experiment go on, as far as its duration allows; wait for its injection then. */
export const resume = (reference: Reference, context: Context, limits: Limits): Promise<void> =>
  within(context, limits, async (signal) => {
    await persist(context, signal, () => context.objects.annotate(reference, { [pauseAnnotation]: null }, signal))
  })
