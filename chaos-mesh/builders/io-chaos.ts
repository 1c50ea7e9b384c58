import { apiVersion } from '../kinds.ts'
import type { IOMethod } from '../schemas/io-chaos.ts'
import { formatDuration } from '../schemas/quantity.ts'
import { checked } from './checked.ts'
import { metadataOf, type Naming, type Targeting, targetFields } from './targeting.ts'

/** What happens to operations on files. `errno`: 5 is EIO, 28 ENOSPC, 30 EROFS. A `mistake` damages what is stored for good. */
export type IOFault =
  | { readonly kind: 'latency'; readonly delayMs: number }
  | { readonly kind: 'fault'; readonly errno: number }
  | {
      readonly kind: 'mistake'
      readonly filling: 'zero' | 'random'
      readonly maxOccurrences: number
      readonly maxLengthBytes: number
    }

/** Which operations on which files of which containers. */
export interface IOExperiment extends Naming, Targeting {
  readonly fault: IOFault
  /** Where the volume is mounted; nothing below that. */
  readonly volumePath: string
  /** A pattern of paths; absent: all files. */
  readonly path?: string
  /** Absent: all. */
  readonly methods?: readonly IOMethod[]
  /** Of the operations, 1 to 100; absent: all. */
  readonly percent?: number
  /** Absent: the first of each pod. */
  readonly containerNames?: readonly string[]
  /** Counted from the creation. */
  readonly durationMs: number
}

const fieldsOf = (fault: IOFault) => {
  switch (fault.kind) {
    case 'latency':
      return { action: fault.kind, delay: formatDuration(fault.delayMs) }
    case 'fault':
      return { action: fault.kind, errno: fault.errno }
    case 'mistake': {
      const { filling, maxOccurrences, maxLengthBytes } = fault
      return { action: fault.kind, mistake: { filling, maxOccurrences, maxLength: maxLengthBytes } }
    }
  }
}

/** Files answer late, with errors, or wrongly. Throws an `invalid-manifest` ChaosMeshError. */
export const ioChaos = (experiment: IOExperiment) => {
  const { fault, volumePath, path, methods, percent, containerNames, durationMs } = experiment
  return checked({
    apiVersion,
    kind: 'IOChaos',
    metadata: metadataOf(experiment),
    spec: {
      ...fieldsOf(fault),
      ...targetFields(experiment),
      volumePath,
      ...(path !== undefined && { path }),
      ...(methods && { methods: [...methods] }),
      ...(percent !== undefined && { percent }),
      ...(containerNames && { containerNames: [...containerNames] }),
      duration: formatDuration(durationMs),
    },
  })
}
