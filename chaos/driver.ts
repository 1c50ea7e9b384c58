import type { Fault } from '../model/fault.ts'

/** What was measured of a fault: whether its effect is there, in a sentence with figures. */
export interface Proof {
  readonly holds: boolean
  readonly sentence: string
}

/** A fault that was made. */
export interface Injection {
  readonly fault: Fault
  /** When it began to have an effect, Unix ms. */
  readonly injectedUnixMs: number
  /** Measures until the effect is there; resolves with what was seen last when it never is. */
  proven(signal: AbortSignal): Promise<Proof>
  /** Ends it and resolves to when, Unix ms. May be called again; rejects when it could not be ended. */
  restore(): Promise<number>
  /** Measures until nothing of the effect is left; resolves with what was seen last when something stays. */
  gone(signal: AbortSignal): Promise<Proof>
}

/** How somebody else ends a fault when we are dead, as plain data for the journal. */
export type Undoing =
  | { readonly kind: 'continue'; readonly pid: number; readonly startTicks: string }
  | { readonly kind: 'end-process'; readonly pid: number; readonly startTicks: string }

/** What makes faults real. */
export interface Driver {
  readonly name: string
  /** Names of what can be hit. */
  readonly components: readonly string[]
  /** Why this fault cannot be made here; undefined when it can. */
  cannot(fault: Fault): string | undefined
  /** Known before the fault is made, for the journal. */
  undoingOf(fault: Fault): readonly Undoing[]
  inject(id: string, fault: Fault): Promise<Injection>
}
