import { apiVersion } from '../kinds.ts'
import { formatDuration } from '../schemas/quantity.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming, type Targeting, targetFields } from './targeting.ts'

/** Which names, and what comes instead of their addresses. */
export interface DNSExperiment extends Naming, Targeting {
  /** `error`: no answer; `random`: a wrong address. */
  readonly action: 'error' | 'random'
  /** With `?` anywhere, and `*` at the end only. */
  readonly patterns: readonly string[]
  /** Absent: the first of each pod. */
  readonly containerNames?: readonly string[]
  /** Counted from the creation. */
  readonly durationMs: number
}

/** Names are not resolved, or wrongly; A and AAAA records only. Throws an `invalid-manifest` ChaosMeshError. */
export const dnsChaos = (experiment: DNSExperiment) => {
  const { action, patterns, containerNames, durationMs } = experiment
  return checked({
    apiVersion,
    kind: 'DNSChaos',
    metadata: metadataOf(experiment),
    spec: {
      action,
      ...targetFields(experiment),
      patterns: [...patterns],
      ...(containerNames && { containerNames: [...containerNames] }),
      duration: formatDuration(durationMs),
    },
  })
}
