import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'
import { rewriteStatus } from './rewrite.ts'
import { statusChange } from './status-change.ts'

/** A hold that is given back is cancelled, and its slot stays held by nobody. Share of holds given back. */
export const leakyHold = (due: DueShare): Interference => ({
  done(changes, store) {
    const slot = statusChange(changes, 'Slot', ['busy-tentative', 'free'])
    if (!slot || !due.next()) return
    rewriteStatus(store, slot, 'busy-tentative')
    due.spend()
  },
})
