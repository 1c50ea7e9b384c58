import { apiVersion } from '../kinds.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming, type Targeting, targetFields } from './targeting.ts'

/** Which pods are killed, and how many whole seconds they get to end in; absent: none. */
export interface PodKill extends Naming, Targeting {
  readonly gracePeriodSeconds?: number
}

/** Pods are deleted, once. Throws an `invalid-manifest` ChaosMeshError. */
export const podKill = (kill: PodKill) =>
  checked({
    apiVersion,
    kind: 'PodChaos',
    metadata: metadataOf(kill),
    spec: {
      action: 'pod-kill',
      ...targetFields(kill),
      ...(kill.gracePeriodSeconds !== undefined && { gracePeriod: kill.gracePeriodSeconds }),
    },
  })
