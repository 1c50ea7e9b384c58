import { chaosMeshDriver } from '../../../../chaos/drivers/chaos-mesh/chaos-mesh-driver.ts'
import { Cluster as ClusterReader } from '../../../../chaos/drivers/chaos-mesh/cluster.ts'
import type { ClusterContext } from '../../../../chaos/drivers/chaos-mesh/context.ts'
import type { Probed } from '../../../../chaos/drivers/links/probe.ts'
import type { Fault } from '../../../../model/fault.ts'
import type { Cluster, StartCluster, Who } from '../../../chaos-mesh/suite/cluster.ts'
import { furnish } from './furnish.ts'
import { shop } from './shop.ts'

export const latency: Fault = { kind: 'latency', component: 'recup', delayMs: 400 }
export const kill: Fault = { kind: 'kill', component: 'recup' }
export const lastsMs = 30_000

/** As whoever undoes it reaches the cluster. */
export const reaching = (cluster: Cluster, who: Who = 'admin') => ({
  connect: () => cluster.connectionOf(who),
  clock: cluster.clock,
})

/** A furnished cluster with a driver; what is made as the first fault lives as the recording says. */
export const withDriver = async (start: StartCluster, recording: string) => {
  const cluster = await start()
  const connection = cluster.connectionOf('admin')
  await cluster.clock.during(furnish(connection))
  cluster.server.play('collaudo-r1-f1', recording)
  const answer: { now: Probed } = { now: { durationMs: 5, status: 200, body: '{}', error: '' } }
  const target = shop({
    components: {
      recup: { labelSelectors: { app: 'web' }, healthUrl: 'http://192.0.2.1/health' },
      prescriptions: { labelSelectors: { app: 'db' } },
    },
  })
  const context: ClusterContext = {
    run: 'r1',
    target,
    client: cluster.client,
    cluster: new ClusterReader(connection),
    clock: cluster.clock,
    ask: async () => answer.now,
  }
  return {
    cluster,
    connection,
    answer,
    context,
    driver: chaosMeshDriver(context),
    [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
  }
}
