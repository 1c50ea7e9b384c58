import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'
import { rewriteStatus } from './rewrite-status.ts'
import { statusChanges } from './status-changes.ts'

/** A hold that is given back is cancelled, and its slots stay held by nobody. Share of holds given back. */
export const leakyHold = (due: DueShare): Interference => ({
  done(changes, store) {
    const slots = statusChanges(changes, 'Slot', ['busy-tentative', 'free'])
    if (slots.length === 0 || !due.next()) return
    for (const slot of slots) rewriteStatus(store, slot, 'busy-tentative')
    due.spend()
  },
})
