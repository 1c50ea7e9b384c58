import type { Proof } from '../../driver.ts'
import { isReady, isRunning, type Pod } from './cluster-objects.ts'
import type { ClusterContext } from './context.ts'
import type { Place } from './place.ts'
import type { Planned } from './planned.ts'

type Somewhere = Pick<Place, 'component' | 'namespace'>

/** The pods of a place now that run, those that are ending left out. */
export const podsAt = async ({ component, namespace }: Somewhere, { cluster }: Pick<ClusterContext, 'cluster'>) =>
  (await cluster.pods(namespace, component.labelSelectors)).filter(isRunning)

/** The pods that a fault is made in or for. */
export interface Ends {
  readonly pods: readonly Pod[]
  /** At the other end of a way whose packets are hit. */
  readonly peers?: readonly Pod[]
}

/** The pods at both ends of a fault now. */
export const endsAt = async (
  { manifest, place }: Pick<Planned, 'manifest' | 'place'>,
  context: Pick<ClusterContext, 'cluster'>,
): Promise<Ends> => {
  const { peer } = place
  // The names that do not resolve are in the pods of the near end alone.
  const isOfBoth = manifest.kind === 'NetworkChaos' && peer?.kind === 'pods'
  const [pods, peers] = await Promise.all([podsAt(place, context), isOfBoth ? podsAt(peer, context) : undefined])
  return { pods, ...(peers && { peers }) }
}

/** Whether as many pods as before are there and take requests. */
export const allReady = (name: string, pods: readonly Pod[], wanted: number): Proof => {
  const ready = pods.filter(isReady).length
  return {
    holds: ready >= Math.max(1, wanted) && ready === pods.length,
    sentence: `${name}: ${ready} of ${wanted} pods ready`,
  }
}
