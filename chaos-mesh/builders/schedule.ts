import { apiVersion, experimentKinds } from '../kinds.ts'
import type { SafeExperiment } from '../manifest.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming } from './targeting.ts'

/** What is made, and when. */
export interface Repetition extends Naming {
  /** Five fields, six with seconds first, `@daily` and the like, or `@every 30s`. */
  readonly cron: string
  /** Its spec is taken; its name and labels are not. */
  readonly experiment: SafeExperiment
  /** Whether one may begin while another is there; absent: no. */
  readonly mayOverlap?: boolean
  /** How many that are over are kept; absent: Chaos Mesh's own. */
  readonly historyLimit?: number
}

/** An experiment again and again, until the Schedule is deleted. Throws an `invalid-manifest` ChaosMeshError. */
export const schedule = (repetition: Repetition) => {
  const { cron, experiment, mayOverlap = false, historyLimit } = repetition
  return checked({
    apiVersion,
    kind: 'Schedule',
    metadata: metadataOf(repetition),
    spec: {
      schedule: cron,
      type: experiment.kind,
      concurrencyPolicy: mayOverlap ? 'Allow' : 'Forbid',
      ...(historyLimit !== undefined && { historyLimit }),
      [experimentKinds[experiment.kind].item]: experiment.spec,
    },
  })
}
