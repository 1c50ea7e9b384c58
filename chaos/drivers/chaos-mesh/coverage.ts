import { type Observed, recordsOf } from '../../../chaos-mesh/status/observed.ts'
import { lifeOf, type Pod } from './cluster-objects.ts'
import type { Place } from './place.ts'
import type { Ends } from './pods.ts'

/** How many of the pods that are to be hit are. */
export interface Coverage {
  readonly isWhole: boolean
  readonly sentence: string
}

/**
 * Chaos Mesh chooses its targets once: a pod that has come since is not hit, and one that was started again has lost what was done to it, also
 * where it has its old name; so has a container, where it was done inside. `before`: the pods at the injection; `now`: those that the selectors
 * find now, at both ends of a way.
 */
export const coverageOf = (
  object: Observed,
  { mode }: Pick<Place, 'mode'>,
  { before, now }: { readonly before: Ends; readonly now: Ends },
): Coverage => {
  const near = coveredOf(object, before.pods, now.pods)
  const wanted = mode.kind === 'one' ? 1 : now.pods.length
  const isNear = near.length >= wanted && wanted > 0
  const { peers } = now
  const far = peers && coveredOf(object, before.peers ?? [], peers)
  const isFar = far === undefined || peers === undefined || (far.length === peers.length && peers.length > 0)
  const others = [...(isNear ? [] : without(now.pods, near)), ...(isFar ? [] : without(peers, far))].map(nameOf)
  const atOtherEnd = far ? `, ${far.length} of ${peers?.length ?? 0} at the other end` : ''
  const missing = isNear && isFar ? '' : `; not hit: ${others.join(', ') || 'no pod is there'}`
  return { isWhole: isNear && isFar, sentence: `${near.length} of ${wanted} pods hit${atOtherEnd}${missing}` }
}

const nameOf = ({ metadata: { namespace = '', name } }: Pod): string => `${namespace}/${name}`

const without = (pods: readonly Pod[], others: readonly Pod[]): readonly Pod[] =>
  pods.filter((pod) => !others.includes(pod))

/** Those that a record tells of and that are what they were. */
const coveredOf = (object: Observed, before: readonly Pod[], now: readonly Pod[]): readonly Pod[] => {
  const targets = recordsOf(object).map(({ id }) => id.split('/'))
  return now.filter((pod) => {
    const records = targets.filter(([namespace, name]) => `${namespace}/${name}` === nameOf(pod))
    const earlier = before.find(({ metadata }) => metadata.uid === pod.metadata.uid)
    const isSame = ([, , container]: readonly string[]): boolean =>
      earlier !== undefined && lifeOf(earlier, container) === lifeOf(pod, container)
    return records.length > 0 && records.every(isSame)
  })
}
