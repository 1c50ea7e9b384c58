import type { Reference } from '../../../chaos-mesh/api/objects.ts'
import { ChaosMeshError } from '../../../chaos-mesh/chaos-mesh-error.ts'
import type { ChaosMeshClient } from '../../../chaos-mesh/client.ts'
import type { ExperimentKind } from '../../../chaos-mesh/kinds.ts'
import type { SafeExperiment } from '../../../chaos-mesh/manifest.ts'

/** Makes an experiment; undefined when the answer was lost, and it may be there or come yet. Rejects when nothing was made. */
export const createdOrLost = async (
  manifest: SafeExperiment,
  client: ChaosMeshClient,
): Promise<Reference<ExperimentKind> | undefined> => {
  try {
    return await client.create(manifest)
  } catch (error) {
    if (error instanceof ChaosMeshError && error.kind === 'unreachable') return undefined
    throw error
  }
}
