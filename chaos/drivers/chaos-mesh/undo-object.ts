import { ChaosMeshError } from '../../../chaos-mesh/chaos-mesh-error.ts'
import { type Clock, systemClock } from '../../../chaos-mesh/clock.ts'
import { connect } from '../../../chaos-mesh/connect.ts'
import type { ClusterObject } from '../../restoring/journal-entry.ts'
import { endExperiment } from './end-experiment.ts'

/** Ends an experiment of which only a journal tells; resolves to why it is still there, in words, or to undefined when it is not. */
export const undoObject = async (
  { kubeconfig, context, kind, namespace, name }: ClusterObject,
  clock: Clock = systemClock,
): Promise<string | undefined> => {
  try {
    const client = connect({
      clock,
      ...(kubeconfig !== undefined && { file: kubeconfig }),
      ...(context !== undefined && { context }),
    })
    try {
      await endExperiment({ kind, metadata: { namespace, name } }, { client, clock })
      return undefined
    } finally {
      client.close()
    }
  } catch (error) {
    if (error instanceof ChaosMeshError) return `${error.message}: ${error.hint}`
    return error instanceof Error ? error.message : String(error)
  }
}
