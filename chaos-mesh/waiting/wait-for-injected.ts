import type { Reference } from '../api/objects.ts'
import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Context, Limits } from '../context.ts'
import type { TargetState } from '../status/conclude.ts'
import type { Observed } from '../status/observed.ts'
import { measure } from './measure.ts'
import { inWords } from './target-words.ts'
import { type Judged, watchUntil } from './watch-until.ts'
import { within } from './within.ts'

/** Why an injection did not come. */
export type NotInjectedReason =
  | 'not-begun'
  | 'empty-selection'
  | 'apply-failed'
  | 'over'
  | 'paused'
  | 'gone'
  | 'no-effect'
  | 'unreachable'

/** Whether every target is hit. */
export type Injection =
  | { readonly kind: 'injected'; readonly object: Observed; readonly atUnixMs: number }
  | {
      readonly kind: 'not-injected'
      readonly reason: NotInjectedReason
      /** In words, with the daemon's own message where there is one. */
      readonly sentence: string
      /** Targets that are not hit. */
      readonly missing: readonly TargetState[]
    }

/** `effect` measures whether it is there: Chaos Mesh has been seen to report an injection that had none. */
export interface InjectionLimits extends Limits {
  readonly effect?: () => Promise<boolean>
}

type NotInjected = Extract<Injection, { kind: 'not-injected' }>

/**
 * Waits until every target is hit. An empty selection is told at once, since Chaos Mesh never selects again; a failed apply is tried again by it, so
 * that is told when the time is over.
 */
export const waitForInjected = (
  reference: Reference,
  context: Context,
  { effect, ...limits }: InjectionLimits,
): Promise<Injection> =>
  within(context, limits, async (signal) => {
    const found = await watchUntil(reference, { ...context, signal }, (judged) =>
      decide(judged, { ...context, signal }, reference),
    )
    const injection = 'decided' in found ? found.decided : outOfTime(found.undecided)
    const isProven = injection.kind !== 'injected' || (await measure(effect, true, { ...context, signal }))
    return isProven
      ? injection
      : notInjected('no-effect', 'every target is reported injected, and no effect was measured')
  })

const decide = async (
  { conclusion, object, atUnixMs }: Judged,
  { objects, signal }: Context & { readonly signal: AbortSignal },
  reference: Reference,
): Promise<Injection | undefined> => {
  switch (conclusion.kind) {
    case 'injected':
    case 'done':
      return object && { kind: 'injected', object, atUnixMs }
    case 'selecting': {
      const warning = (await warnings(reference, objects, signal)).find((message) => message.includes('select targets'))
      return warning === undefined ? undefined : notInjected('empty-selection', warning)
    }
    case 'never-injected': {
      const { missing } = conclusion
      return missing.length > 0
        ? notInjected('apply-failed', `it is over, and nothing was hit: ${inWords(missing)}`, missing)
        : notInjected('empty-selection', 'it is over, and no target was ever selected')
    }
    case 'recovering':
    case 'recovered':
      return notInjected('over', 'it is to end already')
    case 'vanished':
      return notInjected('gone', 'the object exists no more')
    case 'pending':
    case 'applying':
    case 'paused':
      return undefined
  }
}

/** Whoever may not read events waits for the end of the time. */
const warnings = async (reference: Reference, objects: Context['objects'], signal: AbortSignal) => {
  try {
    return await objects.warnings(reference, signal)
  } catch (error) {
    if (error instanceof ChaosMeshError) return []
    throw error
  }
}

const outOfTime = (last: Judged | undefined): NotInjected => {
  const conclusion = last?.conclusion
  switch (conclusion?.kind) {
    case 'applying':
      return notInjected('apply-failed', inWords(conclusion.missing), conclusion.missing)
    case 'selecting':
      return notInjected('empty-selection', 'no target was selected')
    case 'paused':
      return notInjected('paused', 'it is paused')
    case undefined:
      return notInjected('unreachable', 'the API server gave no answer')
    default:
      return notInjected('not-begun', 'nobody has begun with it: is chaos-controller-manager running?')
  }
}

const notInjected = (
  reason: NotInjectedReason,
  sentence: string,
  missing: readonly TargetState[] = [],
): NotInjected => ({
  kind: 'not-injected',
  reason,
  sentence,
  missing,
})
