import type { Reference } from '../api/objects.ts'
import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Context, Limits } from '../context.ts'
import { pluralOf } from '../kinds.ts'
import type { TargetState } from '../status/conclude.ts'
import { type End, endOf, type Stuck, stuck } from '../waiting/end.ts'
import { watchUntil } from '../waiting/watch-until.ts'
import { within } from '../waiting/within.ts'
import { isPassing, persistAllowed } from './persist.ts'

/**
 * What became of it. `absent`: it was gone already; `forced`: the object is gone on request, and these targets were not recovered: they may still be
 * hit, until their pods are made anew; `stuck`: it is still there, with why, and the last resort as a command.
 */
export type CleanUp =
  | Exclude<End, Stuck>
  | { readonly kind: 'absent' }
  | { readonly kind: 'forced'; readonly unrecovered: readonly TargetState[] }
  | (Stuck & {
      /** Takes the object away and leaves its targets as they are; for whoever has read the sentence. */
      readonly lastResort: string
    })

/** `force`: when it does not recover in time, give the object up without recovery. The time is that of each of the two stages. */
export interface CleanUpLimits extends Limits {
  readonly force?: boolean
}

const forcing = { 'chaos-mesh.chaos-mesh.org/cleanFinalizer': 'forced' }

/**
 * Ends an experiment in stages: asks for its deletion, waits until Chaos Mesh has recovered its targets and let the object go, and says what has
 * not recovered and why. Only on request it is forced then. Never throws for a server that is away for a while; throws for credentials and rights.
 */
export const cleanUp = async (reference: Reference, context: Context, limits: CleanUpLimits): Promise<CleanUp> => {
  const { objects } = context
  const { end, isEnding } = await goneAfter(reference, { ...context, limits }, (signal) =>
    objects.delete(reference, signal),
  )
  if (end.kind !== 'stuck') return end
  // What nobody could ask to end would recover by itself, and forcing would keep it from that.
  if (!limits.force || !isEnding) return { ...end, lastResort: lastResort(reference) }
  const { end: forced } = await goneAfter(reference, { ...context, limits }, (signal) =>
    objects.annotate(reference, forcing, signal),
  )
  switch (forced.kind) {
    case 'stuck':
      return { ...forced, sentence: `forced, and still there: ${forced.sentence}`, lastResort: lastResort(reference) }
    case 'absent':
      return { kind: 'forced', unrecovered: end.missing }
    case 'vanished':
      return { kind: 'forced', unrecovered: forced.missing }
    default:
      return forced
  }
}

interface Reached {
  readonly end: End | { readonly kind: 'absent' }
  /** Whether what was asked for was answered, or a deletion was seen. */
  readonly isEnding: boolean
}

/**
 * Acts on an object that was seen, and waits until it is gone. The look comes first: what is over within milliseconds of the act is seen by the
 * watch that goes on from there.
 */
const goneAfter = (
  reference: Reference,
  { limits, ...context }: Context & { readonly limits: Limits },
  act: (signal: AbortSignal) => Promise<unknown>,
): Promise<Reached> =>
  within(context, limits, async (signal) => {
    let hasActed = false
    let isEnding = false
    try {
      const found = await watchUntil(reference, { ...context, signal }, async (judged) => {
        isEnding ||= judged.object?.metadata.deletionTimestamp !== undefined
        if (judged.object === undefined) return { kind: 'absent' } as const
        if (judged.isGone) return endOf(judged)
        if (hasActed) return undefined
        const isAnswered = await persistAllowed(context, signal, () => act(signal)).then(() => true, unlessGone)
        hasActed = true
        isEnding ||= isAnswered
        return undefined
      })
      return { end: 'decided' in found ? found.decided : stuck(found.undecided), isEnding }
    } catch (error) {
      if (error instanceof ChaosMeshError && isPassing(error)) {
        return { end: { kind: 'stuck', sentence: error.message, missing: [] }, isEnding }
      }
      throw error
    }
  })

/** Gone in between, or another object has its name (a conflict): the watch tells of it. */
const unlessGone = (error: unknown): false => {
  if (error instanceof ChaosMeshError && (error.kind === 'not-found' || error.kind === 'conflict')) return false
  throw error
}

const lastResort = ({ kind, namespace, name }: Reference): string =>
  `kubectl -n ${namespace} patch ${pluralOf(kind)}.chaos-mesh.org ${name} --type merge -p '{"metadata":{"finalizers":null}}'`
