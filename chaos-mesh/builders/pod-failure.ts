import { apiVersion } from '../kinds.ts'
import { formatDuration } from '../schemas/quantity.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming, type Targeting, targetFields } from './targeting.ts'

/** Which pods fail, and how long, counted from the creation. */
export interface PodFailure extends Naming, Targeting {
  readonly durationMs: number
}

/** Pods stay and do nothing: their images are another one meanwhile. Throws an `invalid-manifest` ChaosMeshError. */
export const podFailure = (failure: PodFailure) =>
  checked({
    apiVersion,
    kind: 'PodChaos',
    metadata: metadataOf(failure),
    spec: { action: 'pod-failure', ...targetFields(failure), duration: formatDuration(failure.durationMs) },
  })
