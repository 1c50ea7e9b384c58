import type { FaultKind, FaultOf } from '../../model/fault.ts'

/** Faults that a process of the twin makes in itself. */
const kinds = [
  'read-only-storage',
  'disk-full',
  'slow-storage',
  'cpu-pressure',
  'memory-pressure',
  'clock-skew',
] as const satisfies readonly FaultKind[]
export type InsideFault = FaultOf<(typeof kinds)[number]>

/** What a process is told: to begin with a fault, or to end it. Twice is once; the last one of a kind counts. */
export interface FaultOrder {
  readonly fault: InsideFault
  readonly isOn: boolean
}

/** What a process is told before it is frozen. */
export interface RestOrder {
  readonly restMs: number
}

export const isRestOrder = (order: object): order is RestOrder => 'restMs' in order

export const isFaultOrder = (order: object): order is FaultOrder =>
  'fault' in order && kinds.some((kind) => kind === Object(order.fault).kind)

/** Those of what a system keeps its data in; the others are of a process. */
export const isOfStore = ({ kind }: InsideFault): boolean =>
  kind === 'read-only-storage' || kind === 'disk-full' || kind === 'slow-storage'
