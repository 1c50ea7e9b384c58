import type { Reference } from '../api/objects.ts'
import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Context, Limits } from '../context.ts'
import { pluralOf } from '../kinds.ts'
import type { TargetState } from '../status/conclude.ts'
import { type End, waitForEnd } from '../waiting/wait-for-end.ts'
import { within } from '../waiting/within.ts'
import { persist } from './persist.ts'

/**
 * What became of it. `absent`: it was gone already; `forced`: the object is gone on request, and these targets were not recovered: they may still be
 * hit, until their pods are made anew; `stuck`: it is still there, with why, and the last resort as a command.
 */
export type CleanUp =
  | Exclude<End, { kind: 'stuck' }>
  | { readonly kind: 'absent' }
  | { readonly kind: 'forced'; readonly unrecovered: readonly TargetState[] }
  | {
      readonly kind: 'stuck'
      readonly sentence: string
      readonly missing: readonly TargetState[]
      /** Takes the object away and leaves its targets as they are; for whoever has read the sentence. */
      readonly lastResort: string
    }

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
  const deleted = await stage(context, limits, (signal) => context.objects.delete(reference, signal))
  if (deleted.kind !== 'done') return stuckOrAbsent(deleted, reference)
  const end = await waitForEnd(reference, context, { ...limits, withinMs: deleted.leftMs, until: 'gone' })
  if (end.kind !== 'stuck') return end
  if (!limits.force) return { ...end, lastResort: lastResort(reference) }
  return force(reference, context, { limits, missing: end.missing })
}

const force = async (
  reference: Reference,
  context: Context,
  { limits, missing }: { readonly limits: CleanUpLimits; readonly missing: readonly TargetState[] },
): Promise<CleanUp> => {
  const asked = await stage(context, limits, (signal) => context.objects.annotate(reference, forcing, signal))
  if (asked.kind === 'absent') return { kind: 'forced', unrecovered: missing }
  if (asked.kind === 'failed') return stuckOrAbsent(asked, reference)
  const end = await waitForEnd(reference, context, { ...limits, withinMs: asked.leftMs, until: 'gone' })
  switch (end.kind) {
    case 'stuck':
      return { ...end, sentence: `forced, and still there: ${end.sentence}`, lastResort: lastResort(reference) }
    case 'vanished':
      return { kind: 'forced', unrecovered: end.missing.length > 0 ? end.missing : missing }
    default:
      return end
  }
}

type Stage =
  | { readonly kind: 'done'; readonly leftMs: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly error: ChaosMeshError }

/** One call, tried until the time is over; `leftMs` of it are left afterwards. */
const stage = async (
  context: Context,
  limits: Limits,
  call: (signal: AbortSignal) => Promise<unknown>,
): Promise<Stage> => {
  const untilUnixMs = context.clock.nowUnixMs() + limits.withinMs
  try {
    await within(context, limits, (signal) => persist(context, signal, () => call(signal)))
    return { kind: 'done', leftMs: untilUnixMs - context.clock.nowUnixMs() }
  } catch (error) {
    if (!(error instanceof ChaosMeshError)) throw error
    // A conflict: what has the name now is another object.
    if (error.kind === 'not-found' || error.kind === 'conflict') return { kind: 'absent' }
    if (error.kind === 'too-busy' || error.kind === 'unreachable' || error.kind === 'webhook-failed') {
      return { kind: 'failed', error }
    }
    throw error
  }
}

const stuckOrAbsent = (stage: Exclude<Stage, { kind: 'done' }>, reference: Reference): CleanUp =>
  stage.kind === 'absent'
    ? { kind: 'absent' }
    : { kind: 'stuck', sentence: stage.error.message, missing: [], lastResort: lastResort(reference) }

const lastResort = ({ kind, namespace, name }: Reference): string =>
  `kubectl -n ${namespace} patch ${pluralOf(kind)}.chaos-mesh.org ${name} --type merge -p '{"metadata":{"finalizers":null}}'`
