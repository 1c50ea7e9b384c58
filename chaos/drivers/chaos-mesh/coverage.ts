import { type Observed, recordsOf } from '../../../chaos-mesh/status/observed.ts'
import { isAlive, type Pod } from './cluster-objects.ts'
import type { Place } from './place.ts'

/** How many of the pods that are to be hit are. */
export interface Coverage {
  readonly isWhole: boolean
  readonly sentence: string
}

/**
 * Chaos Mesh chooses its targets once: a pod that has come since is not hit, and one that was started again has lost what was done to it, also
 * where it has its old name. `before`: the pods at the injection; `now`: those that the selector finds now.
 */
export const coverageOf = (
  object: Observed,
  { mode }: Pick<Place, 'mode'>,
  pods: { readonly before: readonly Pod[]; readonly now: readonly Pod[] },
): Coverage => {
  const hit = new Set(recordsOf(object).map(({ id }) => id.split('/').slice(0, 2).join('/')))
  const uids = new Set(pods.before.map(({ metadata }) => metadata.uid))
  const nameOf = ({ metadata: { namespace = '', name } }: Pod): string => `${namespace}/${name}`
  const alive = pods.now.filter(isAlive)
  const covered = alive.filter((pod) => hit.has(nameOf(pod)) && uids.has(pod.metadata.uid))
  const wanted = mode.kind === 'one' ? 1 : alive.length
  const others = alive.filter((pod) => !covered.includes(pod)).map(nameOf)
  const isWhole = covered.length >= wanted && wanted > 0
  const missing = isWhole ? '' : `; not hit: ${others.join(', ') || 'no pod is there'}`
  return { isWhole, sentence: `${covered.length} of ${wanted} pods hit${missing}` }
}
