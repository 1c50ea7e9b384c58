import type { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import type { Clock } from '../../../chaos-mesh/clock.ts'
import type { ChaosMeshTarget } from '../../../model/chaos-mesh-target.ts'
import type { Probed } from '../links/probe.ts'
import type { Cluster } from './cluster.ts'

/** A cluster, and how it is spoken with. */
export interface ClusterContext {
  readonly run: string
  readonly target: ChaosMeshTarget
  /** Namespaces that are kept from other runs meanwhile. */
  readonly leased?: readonly string[]
  readonly client: ChaosMeshClient
  readonly cluster: Cluster
  readonly clock: Clock
  /** Asks an address once, as `probe` does. */
  readonly ask: (url: string, timeoutMs: number) => Promise<Probed>
}
