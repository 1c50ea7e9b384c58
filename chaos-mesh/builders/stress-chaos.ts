import { apiVersion } from '../kinds.ts'
import { formatDuration } from '../schemas/quantity.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming, type Targeting, targetFields } from './targeting.ts'

/** What is taken of which containers. At least one of the two. */
export interface StressExperiment extends Naming, Targeting {
  /** Absent: the first of each pod. */
  readonly containerNames?: readonly string[]
  /** Each worker keeps so much of one processor busy; absent: all of it. */
  readonly cpu?: { readonly workers: number; readonly loadPercent?: number }
  /** Each worker holds so much; text such as `256MB` or `80%`. */
  readonly memory?: { readonly workers: number; readonly size: string }
  /** Counted from the creation. */
  readonly durationMs: number
}

/** Processor time or memory is taken. Throws an `invalid-manifest` ChaosMeshError. */
export const stressChaos = (experiment: StressExperiment) => {
  const { containerNames, cpu, memory, durationMs } = experiment
  const load = cpu?.loadPercent === undefined ? {} : { load: cpu.loadPercent }
  return checked({
    apiVersion,
    kind: 'StressChaos',
    metadata: metadataOf(experiment),
    spec: {
      ...targetFields(experiment),
      ...(containerNames && { containerNames: [...containerNames] }),
      stressors: { ...(cpu && { cpu: { workers: cpu.workers, ...load } }), ...(memory && { memory: { ...memory } }) },
      duration: formatDuration(durationMs),
    },
  })
}
