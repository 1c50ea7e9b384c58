import type { Change } from '../fhir/interference.ts'
import type { Stored } from '../store/resource-store.ts'

/** What a transaction booked: an appointment that became `booked` in slots that became `busy`. */
export interface Booking {
  readonly appointmentId: string
  readonly slots: readonly Stored[]
}

/** The booking among the changes of a transaction. Data put there by `prepare` and moves of a booked appointment are none. */
export const bookingOf = (changes: readonly Change[], isTransaction: boolean): Booking | undefined => {
  const appointment = changes.find(
    ({ after, before, by }) =>
      after.row.type === 'Appointment' &&
      after.resource['status'] === 'booked' &&
      (before ? before.resource['status'] !== 'booked' : by === 'create'),
  )
  const slots = changes.filter(
    ({ after, before }) => before && after.row.type === 'Slot' && after.resource['status'] === 'busy',
  )
  return isTransaction && appointment && slots.length > 0
    ? { appointmentId: appointment.after.row.id, slots: slots.map(({ after }) => after) }
    : undefined
}
