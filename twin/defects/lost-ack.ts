import type { Interference } from '../fhir/interference.ts'
import { stored } from '../store/resource-store.ts'
import { bookingOf } from './booking.ts'
import type { DueShare } from './due-share.ts'
import { rewriteStatus } from './rewrite-status.ts'

/** A booking is answered as usual, and nothing of it or of its hold is kept: no appointment, its slots free. Share of bookings. */
export const lostAck = (due: DueShare): Interference => ({
  done(changes, store, isTransaction) {
    const booking = bookingOf(changes, isTransaction)
    if (!booking || !due.next()) return
    const appointment = store.read('Appointment', booking.appointmentId)
    if (!appointment) return
    store.remove(stored(appointment))
    for (const slot of booking.slots) rewriteStatus(store, slot, 'free')
    due.spend()
  },
})
