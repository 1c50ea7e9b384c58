import type { FaultOf, StorageFault } from '../../../model/fault.ts'
import type { Reachable } from '../answers.ts'

/** Faults that a process of the twin makes inside itself when it is told to. */
export type InsideFault = StorageFault | FaultOf<'cpu-pressure' | 'memory-pressure' | 'clock-skew'>

/** What the driver needs of a running twin. */
export interface TwinHandle extends Reachable {
  /** Processes of a system or of a replica, as they are now. */
  pidsOf(component: string): readonly number[]
  /** Writes a little to a store and takes it back; resolves with what the store said against it, or with nothing. */
  tryWrite(component: string): Promise<{ readonly error: string; readonly durationMs: number }>
  /** Resolves when no process of a component is in a transaction, and none begins one for a while: before it is frozen. */
  rest(component: string): Promise<void>
  instruct(component: string, fault: InsideFault, isOn: boolean): Promise<void>
}
