import type { JournalEntry } from './journal-entry.ts'
import { type OpenState, openState } from './open-state.ts'

/** Later than its deadline by this much a fault is somebody else's to end. */
export const graceMs = 2000

/** What the watchdog does next: nothing more, look again after a time, or end what is overdue. */
export type Watch =
  | { readonly kind: 'leave' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'end-overdue'; readonly injections: OpenState['injections'] }
  | { readonly kind: 'end-all' }

const lookEveryMs = 500

/** Decides by what the journal says, whether the owner lives, and the time. */
export const watch = (entries: readonly JournalEntry[], ownerLives: boolean, nowUnixMs: number): Watch => {
  const { isClosed, injections } = openState(entries)
  if (isClosed) return { kind: 'leave' }
  if (!ownerLives) return { kind: 'end-all' }
  const overdue = injections.filter(({ deadlineUnixMs }) => nowUnixMs > deadlineUnixMs + graceMs)
  return overdue.length > 0 ? { kind: 'end-overdue', injections: overdue } : { kind: 'wait', ms: lookEveryMs }
}
