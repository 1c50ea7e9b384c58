import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'
import { rewriteStatus } from './rewrite-status.ts'
import { statusChanges } from './status-changes.ts'

/** A cancellation is answered as usual, and nothing of it is kept: the appointment booked, the slot busy. Share of cancellations. */
export const lostCancel = (due: DueShare): Interference => ({
  done(changes, store) {
    const [appointment] = statusChanges(changes, 'Appointment', ['booked', 'cancelled'])
    if (!appointment || !due.next()) return
    rewriteStatus(store, appointment, 'booked')
    for (const slot of statusChanges(changes, 'Slot', ['busy', 'free'])) rewriteStatus(store, slot, 'busy')
    due.spend()
  },
})
