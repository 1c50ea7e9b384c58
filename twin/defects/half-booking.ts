import type { Interference } from '../fhir/interference.ts'
import { stored } from '../store/resource-store.ts'
import { bookingOf } from './booking.ts'
import type { DueShare } from './due-share.ts'

/** A booking is answered as usual, its slot stays busy, its appointment is gone. Share of bookings. */
export const halfBooking = (due: DueShare): Interference => ({
  done(changes, store, isTransaction) {
    const booking = bookingOf(changes, isTransaction)
    if (!booking || !due.next()) return
    const appointment = store.read('Appointment', booking.appointmentId)
    if (!appointment) return
    store.remove(stored(appointment))
    due.spend()
  },
})
