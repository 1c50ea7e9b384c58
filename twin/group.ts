import type { Standing } from '../model/component.ts'
import type { Supervised } from './supervise.ts'

/** The processes of a system, or of `identity`. */
export interface Group {
  readonly name: Standing
  readonly processes: readonly Supervised[]
  /** Where it is, without anything between: its process, or the balancer before its replicas. */
  readonly origin: string
  /** The same for other systems. */
  readonly peerOrigin: string
}
