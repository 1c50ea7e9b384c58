import { addressOf, type Reference } from './api/objects.ts'
import { ChaosMeshError, invalidManifest } from './chaos-mesh-error.ts'
import type { Context, Limits } from './context.ts'
import { experimentKinds, type Kind } from './kinds.ts'
import type { Experiment, Manifest } from './manifest.ts'
import { problemsOf } from './problems-of.ts'
import { persist } from './recovery/persist.ts'
import { referenceTo } from './recovery/reference-to.ts'
import type { Observed } from './status/observed.ts'
import { within } from './waiting/within.ts'

/** Tells what this call has made from what had the name before, when its answer is lost. */
const createIdAnnotation = 'chaos-mesh-client/create-id'

/**
 * Makes it. Throws an `invalid-manifest` ChaosMeshError with all problems, `unsafe` for what has no end, and what the server says. When the answer is
 * lost it looks whether the object is there, so that nothing is made twice; without any answer it throws `unreachable`, and the object may still
 * come: sweep by its labels.
 */
export const create = async <K extends Kind>(
  manifest: Manifest & { readonly kind: K },
  context: Context,
  { createId, ...limits }: Limits & { readonly createId: string },
): Promise<Reference<K>> => {
  const { name, annotations } = manifest.metadata
  const problems = problemsOf(manifest)
  if (problems.length > 0) throw invalidManifest(name, problems)
  requireEnd(manifest)
  const metadata = { ...manifest.metadata, annotations: { ...annotations, [createIdAnnotation]: createId } }
  return within(context, limits, async (signal) => {
    try {
      return referenceTo(manifest.kind, await once({ ...manifest, metadata }, context, signal))
    } catch (error) {
      if (!(error instanceof ChaosMeshError) || error.kind !== 'unreachable') throw error
      const found = await persist(context, signal, () => find(manifest, context, signal))
      if (found?.metadata.annotations?.[createIdAnnotation] === createId) return referenceTo(manifest.kind, found)
      throw error
    }
  })
}

/** A server that is too busy has made nothing: it is asked again. */
const once = async (manifest: Manifest, { objects, clock }: Context, signal: AbortSignal): Promise<Observed> => {
  for (;;) {
    try {
      return await objects.create(manifest, false, signal)
    } catch (error) {
      if (!(error instanceof ChaosMeshError) || error.kind !== 'too-busy' || signal.aborted) throw error
      await clock.sleepUntil(clock.nowUnixMs() + (error.retryAfterMs ?? 1000), signal)
    }
  }
}

const find = async (manifest: Manifest, { objects }: Context, signal: AbortSignal) => {
  try {
    return await objects.get(addressOf(manifest), signal)
  } catch (error) {
    if (error instanceof ChaosMeshError && error.kind === 'not-found') return undefined
    throw error
  }
}

const requireEnd = (manifest: Manifest): void => {
  const spec = manifest.kind === 'Schedule' ? manifest.spec[experimentKinds[manifest.spec.type].item] : manifest.spec
  if (spec === undefined || hasEnd(spec)) return
  const message = `expected ${manifest.metadata.name} to have a duration, by which it ends when nobody else can, got none`
  throw new ChaosMeshError('unsafe', message, { hint: 'give it a duration' })
}

/** One-shot kinds may not even say one. */
const hasEnd = (spec: Experiment['spec']): boolean =>
  ('action' in spec && (spec.action === 'pod-kill' || spec.action === 'container-kill')) ||
  ('duration' in spec && spec.duration !== undefined)
