import type { Interference } from '../fhir/interference.ts'
import { stored } from '../store/resource-store.ts'
import { bookingOf } from './booking.ts'
import type { DueShare } from './due-share.ts'

/** A booking is answered as usual, and nothing of it or of its hold is kept: no appointment, the slot free. Share of bookings. */
export const lostAck = (due: DueShare): Interference => ({
  done(changes, store, isTransaction) {
    const booking = bookingOf(changes, isTransaction)
    if (!booking || !due.next()) return
    const appointment = store.read('Appointment', booking.appointmentId)
    if (!appointment) return
    const { row, resource } = booking.slot
    const version = row.version + 1
    store.remove(stored(appointment))
    store.write(
      { ...resource, status: 'free', meta: { ...resource.meta, versionId: String(version) } },
      version,
      booking.slot,
    )
    due.spend()
  },
})
