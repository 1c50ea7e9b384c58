import type { Connection } from '../../../chaos-mesh/api/connection.ts'
import { type ConnectOptions, openConnection } from '../../../chaos-mesh/api/open-connection.ts'
import { ChaosMeshError } from '../../../chaos-mesh/chaos-mesh-error.ts'
import { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import { type Clock, systemClock } from '../../../chaos-mesh/clock.ts'
import type { ClusterObject } from '../../restoring/journal-entry.ts'
import { endExperiment } from './end-experiment.ts'

/** How a cluster is reached, and by which time. */
export interface Reaching {
  readonly connect: (options: ConnectOptions) => Connection
  readonly clock: Clock
}

/** Ends an experiment of which only a journal tells; resolves to why it is still there, in words, or to undefined when it is not. */
export const undoObject = async (
  { kubeconfig, context, kind, namespace, name }: ClusterObject,
  { connect, clock }: Reaching = { connect: openConnection, clock: systemClock },
): Promise<string | undefined> => {
  try {
    const options = {
      clock,
      ...(kubeconfig !== undefined && { file: kubeconfig }),
      ...(context !== undefined && { context }),
    }
    const client = new ChaosMeshClient(connect(options), clock)
    try {
      const end = await endExperiment({ kind, metadata: { namespace, name } }, { client, clock })
      return end.kind === 'lost' ? end.sentence : undefined
    } finally {
      client.close()
    }
  } catch (error) {
    if (error instanceof ChaosMeshError) return `${error.message}: ${error.hint}`
    return error instanceof Error ? error.message : String(error)
  }
}
