import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'
import { rewriteStatus } from './rewrite.ts'
import { statusChange } from './status-change.ts'

/** A cancellation is answered as usual, and nothing of it is kept: the appointment booked, the slot busy. Share of cancellations. */
export const lostCancel = (due: DueShare): Interference => ({
  done(changes, store) {
    const appointment = statusChange(changes, 'Appointment', ['booked', 'cancelled'])
    if (!appointment || !due.next()) return
    rewriteStatus(store, appointment, 'booked')
    const slot = statusChange(changes, 'Slot', ['busy', 'free'])
    if (slot) rewriteStatus(store, slot, 'busy')
    due.spend()
  },
})
