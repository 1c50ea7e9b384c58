import type { Rng } from '../../../generators/rng.ts'
import type { FaultOf } from '../../../model/fault.ts'
import type { Pacer } from '../pacer.ts'
import { bandwidth } from './bandwidth.ts'
import { latencyOfConnection } from './latency.ts'
import { partition } from './partition.ts'
import { resetOfConnection } from './reset.ts'
import { slicing } from './slicing.ts'
import { stallAndReset } from './stall-and-reset.ts'

/** Faults of a connection, whatever it carries. */
export type StreamKind = 'latency' | 'partition' | 'reset' | 'bandwidth' | 'slicing' | 'stall-and-reset'
export type StreamFault = FaultOf<StreamKind>

/** What a fault does to one connection, as far as it was drawn. */
export interface StreamEffect {
  /** For the log. */
  readonly figures: Readonly<Record<string, number>>
  readonly toUpstream?: Pacer
  readonly toClient?: Pacer
  /** Both sides are reset after so long; 0: at once. */
  readonly resetAfterMs?: number
}

export const streamEffect = (fault: StreamFault, rng: Rng): StreamEffect => {
  switch (fault.kind) {
    case 'latency':
      return latencyOfConnection(fault, rng)
    case 'partition':
      return partition
    case 'reset':
      return resetOfConnection
    case 'bandwidth':
      return bandwidth(fault)
    case 'slicing':
      return slicing(fault)
    case 'stall-and-reset':
      return stallAndReset(fault)
  }
}
