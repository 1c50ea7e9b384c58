import type { Fault } from '../model/fault.ts'
import type { Undoing } from './restoring/journal-entry.ts'

/** What was measured of a fault: whether its effect is there, in a sentence with figures. */
export interface Proof {
  readonly holds: boolean
  readonly sentence: string
}

/** A fault that was made. */
export interface Injection {
  /** When it began to have an effect, Unix ms. */
  readonly injectedUnixMs: number
  /** Measures once whether the effect is there. */
  prove(): Promise<Proof>
  /** Resolves to when it ended by itself, Unix ms, where a platform does that; rejects when it never does. */
  readonly over?: Promise<number>
  /** Ends it and resolves to when, Unix ms. May be called again; rejects when it could not be ended, or somebody else has ended it and nobody can tell whether it is gone. */
  restore(): Promise<number>
  /** Measures once whether nothing of the effect is left. */
  proveGone(): Promise<Proof>
}

/** What makes faults real. */
export interface Driver {
  readonly name: string
  /** Names of what can be hit. */
  readonly components: readonly string[]
  /** Why this fault cannot be made here; undefined when it can. */
  cannot(fault: Fault): string | undefined
  /** What somebody else has to do to end it, known before it is made; `id`: that by which it will be injected. */
  undoingsOf(fault: Fault, id: string): readonly Undoing[]
  /** Measures what is usual, so that an effect can be told from it. Before the first injection. */
  calibrate(fault: Fault): Promise<void>
  /** `lastsMs`: how long it is to be there; a platform that can ends it by itself some time later. */
  inject(id: string, fault: Fault, lastsMs: number): Promise<Injection>
  /** What the health check of each component says now: of a system past every fault of a way where it can be asked so, of a way into a system over it. */
  health(): Promise<Readonly<Record<string, boolean>>>
  /** How often each way has been called up to now, where that is counted. */
  calls(): Promise<Readonly<Record<string, number>>>
}
