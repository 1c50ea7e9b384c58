import { apiVersion } from '../kinds.ts'
import { formatDuration } from '../schemas/quantity.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming, type Targeting, targetFields } from './targeting.ts'

/** Whose clock, and how far it is off. */
export interface TimeExperiment extends Naming, Targeting {
  /** Negative: into the past. */
  readonly offsetMs: number
  /** Absent: the first of each pod. */
  readonly containerNames?: readonly string[]
  /** Counted from the creation. */
  readonly durationMs: number
}

/** The clock of the first process of a container and its children is off. Throws an `invalid-manifest` ChaosMeshError. */
export const timeChaos = (experiment: TimeExperiment) => {
  const { offsetMs, containerNames, durationMs } = experiment
  return checked({
    apiVersion,
    kind: 'TimeChaos',
    metadata: metadataOf(experiment),
    spec: {
      ...targetFields(experiment),
      timeOffset: formatDuration(offsetMs),
      ...(containerNames && { containerNames: [...containerNames] }),
      duration: formatDuration(durationMs),
    },
  })
}
