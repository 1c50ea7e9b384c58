import type { Connection } from '../../../chaos-mesh/api/connection.ts'
import { type ConnectOptions, openConnection } from '../../../chaos-mesh/api/open-connection.ts'
import { ChaosMeshError } from '../../../chaos-mesh/chaos-mesh-error.ts'
import { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import { type Clock, systemClock } from '../../../chaos-mesh/clock.ts'
import { persist } from '../../../chaos-mesh/recovery/persist.ts'
import { within } from '../../../chaos-mesh/waiting/within.ts'
import type { ClusterObject } from '../../restoring/journal-entry.ts'
import { Cluster } from './cluster.ts'
import { endExperiment } from './end-experiment.ts'
import { releaseLease } from './lease.ts'

/** How a cluster is reached, and by which time. */
export interface Reaching {
  readonly connect: (options: ConnectOptions) => Connection
  readonly clock: Clock
}

/** Ends what only a journal tells of; resolves to why it is still there, in words, or to undefined when it is not. */
export const undoObject = async (
  object: ClusterObject,
  { connect, clock }: Reaching = { connect: openConnection, clock: systemClock },
): Promise<string | undefined> => {
  const { kubeconfig, context } = object
  const options = {
    clock,
    ...(kubeconfig !== undefined && { file: kubeconfig }),
    ...(context !== undefined && { context }),
  }
  try {
    const connection = connect(options)
    try {
      return await undone(object, connection, clock)
    } finally {
      connection.close()
    }
  } catch (error) {
    if (error instanceof ChaosMeshError) return `${error.message}: ${error.hint}`
    return error instanceof Error ? error.message : String(error)
  }
}

const undone = async (object: ClusterObject, connection: Connection, clock: Clock): Promise<string | undefined> => {
  if (object.kind === 'Lease') return given(object, new Cluster(connection), clock)
  const { kind, namespace, name } = object
  const client = new ChaosMeshClient(connection, clock)
  const end = await endExperiment({ kind, metadata: { namespace, name } }, { client, clock })
  return end.kind === 'lost' ? end.sentence : undefined
}

const withinMs = 45_000

/** One that cannot be given back ends by its time. */
const given = (
  held: { readonly namespace: string; readonly holder: string },
  cluster: Cluster,
  clock: Clock,
): Promise<undefined> =>
  within({ clock }, { withinMs }, (signal) => persist({ clock }, signal, () => releaseLease(cluster, held))).then(
    () => undefined,
    () => undefined,
  )
