import type { Rng } from '../../../generators/rng.ts'
import type { FaultOf } from '../../../model/fault.ts'
import { bandwidth } from './bandwidth.ts'
import type { StreamEffect } from './effect-of-stream.ts'
import { latencyOfConnection } from './latency.ts'
import { partition } from './partition.ts'
import { resetOfConnection } from './reset.ts'
import { slicing } from './slicing.ts'
import { stallAndReset } from './stall-and-reset.ts'

/** Faults of a connection, whatever it carries. */
export type StreamKind = 'latency' | 'partition' | 'reset' | 'bandwidth' | 'slicing' | 'stall-and-reset'
export type StreamFault = FaultOf<StreamKind>

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
