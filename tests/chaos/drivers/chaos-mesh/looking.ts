import { Cluster as ClusterReader } from '../../../../chaos/drivers/chaos-mesh/cluster.ts'
import { planOf } from '../../../../chaos/drivers/chaos-mesh/planned.ts'
import { preflight } from '../../../../chaos/drivers/chaos-mesh/preflight.ts'
import type { ChaosMeshTarget } from '../../../../model/chaos-mesh-target.ts'
import type { Fault } from '../../../../model/fault.ts'
import type { Cluster, StartCluster, Who } from '../../../chaos-mesh/suite/cluster.ts'
import { type Furniture, furnish } from './furnish.ts'
import { shop } from './shop.ts'

interface Looking {
  readonly target?: ChaosMeshTarget
  readonly who?: Who
  /** Faults of the same experiment. */
  readonly beside?: readonly Fault[]
}

/** Looks at a cluster with the eyes of somebody. */
export const look = (
  cluster: Cluster,
  fault: Fault,
  { target = shop(), who = 'admin', beside = [] }: Looking = {},
): Promise<readonly string[]> => {
  const faults = [fault, ...beside].map((one) => ({ fault: one, lastsMs: 10_000 }))
  const { planned } = planOf({ faults }, { run: 'r1', target })
  const client = cluster.clientOf(who)
  const reader = new ClusterReader(cluster.connectionOf(who))
  return cluster.clock.during(preflight({ target, planned, cluster: reader, client }))
}

export const furnished = async (start: StartCluster, furniture: Furniture = {}): Promise<Cluster> => {
  const cluster = await start()
  await cluster.clock.during(furnish(cluster.connectionOf('admin'), furniture))
  return cluster
}

/** Of a selector, about the pods of recup. */
export const expressions = (operator: 'In' | 'NotIn') => [{ key: 'app', operator, values: ['web'] }]
