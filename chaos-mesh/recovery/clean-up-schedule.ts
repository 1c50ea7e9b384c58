import type { Reference } from '../api/objects.ts'
import { ChaosMeshError } from '../chaos-mesh-error.ts'
import type { Context } from '../context.ts'
import { allKinds, type Kind } from '../kinds.ts'
import type { Observed } from '../status/observed.ts'
import { type CleanUp, type CleanUpLimits, cleanUp } from './clean-up.ts'
import { referenceTo } from './reference-to.ts'

/** One object and what became of it. `deleted`: a Schedule, which hits nothing itself. */
export interface CleanedUp {
  readonly reference: Reference
  readonly result: CleanUp | { readonly kind: 'deleted' }
}

/** It may make one more while it is being deleted. */
const looks = 3

/**
 * Ends a Schedule first, so that it makes no more, and then each experiment that it has made. The Schedule itself holds nothing, and has
 * nothing to recover.
 */
export const cleanUpSchedule = async (
  reference: Reference,
  context: Context,
  limits: CleanUpLimits,
): Promise<readonly CleanedUp[]> => {
  const own = await cleanUp(reference, context, limits)
  const cleaned: CleanedUp[] = [{ reference, result: own.kind === 'never-injected' ? { kind: 'deleted' } : own }]
  for (let look = 0; look < looks; look++) {
    const made = (await madeBy(reference, context)).filter(
      ({ uid }) => !cleaned.some((one) => one.reference.uid === uid),
    )
    if (made.length === 0) break
    const results = await Promise.all(made.map((child) => cleanUp(child, context, limits)))
    cleaned.push(...results.map((result, index) => ({ reference: made[index] ?? reference, result })))
  }
  return cleaned
}

const madeBy = async ({ uid, namespace }: Reference, { objects }: Context): Promise<readonly Reference[]> => {
  const kinds = allKinds.filter((kind) => kind !== 'Schedule')
  const lists = await Promise.all(kinds.map((kind) => listed(kind, namespace, objects)))
  return lists.flatMap((list, index) =>
    list
      .filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid))
      .map((object) => referenceTo(kinds[index] ?? 'PodChaos', object)),
  )
}

/** Of a kind that is not installed there is none. */
const listed = async (kind: Kind, namespace: string, objects: Context['objects']): Promise<readonly Observed[]> => {
  try {
    return (await objects.list(kind, { namespace })).objects
  } catch (error) {
    if (error instanceof ChaosMeshError && error.kind === 'not-installed') return []
    throw error
  }
}
