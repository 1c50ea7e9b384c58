import { apiVersion } from '../kinds.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming, type Targeting, targetFields } from './targeting.ts'

/** Which containers of which pods. */
export interface ContainerKill extends Naming, Targeting {
  readonly containerNames: readonly string[]
}

/** Containers are killed, once; their pods start them again. Throws an `invalid-manifest` ChaosMeshError. */
export const containerKill = (kill: ContainerKill) =>
  checked({
    apiVersion,
    kind: 'PodChaos',
    metadata: metadataOf(kill),
    spec: { action: 'container-kill', ...targetFields(kill), containerNames: [...kill.containerNames] },
  })
