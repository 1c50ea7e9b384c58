import type { Proof } from '../../driver.ts'
import { isAlive, isReady, type Pod } from './cluster-objects.ts'
import type { ClusterContext } from './context.ts'
import type { Place } from './place.ts'

/** The pods of a place now, those that are ending left out. */
export const podsAt = async ({ component, namespace }: Place, { cluster }: Pick<ClusterContext, 'cluster'>) =>
  (await cluster.pods(namespace, component.labelSelectors)).filter(isAlive)

/** Whether as many pods as before are there and take requests. */
export const allReady = (name: string, pods: readonly Pod[], wanted: number): Proof => {
  const ready = pods.filter(isReady).length
  return {
    holds: ready >= Math.max(1, wanted) && ready === pods.length,
    sentence: `${name}: ${ready} of ${wanted} pods ready`,
  }
}
