import type { Interference } from '../fhir/interference.ts'
import type { Row } from '../store/resource-store.ts'
import { bookingOf } from './booking.ts'
import type { DueShare } from './due-share.ts'

/** How long a booking cannot be found. */
const lateMs = 60_000

/** A booking is kept, and a search by identifier leaves it out for a while. Share of bookings. */
export const lateVisibility = (due: DueShare, now: () => number): Interference => {
  const visibleAtMs = new Map<string, number>()
  const isVisible = ({ id }: Row): boolean => now() >= (visibleAtMs.get(id) ?? 0)
  return {
    search(type, query, store) {
      if (type !== 'Appointment' || visibleAtMs.size === 0) return undefined
      if (!query.criteria.some(({ parameter }) => parameter === 'identifier')) return undefined
      const { rows } = store.search(type, query)
      return rows.every(isVisible) ? undefined : rows.filter(isVisible)
    },
    done(changes, _, isTransaction) {
      const booking = bookingOf(changes, isTransaction)
      if (!booking || !due.next()) return
      visibleAtMs.set(booking.appointmentId, now() + lateMs)
      due.spend()
    },
  }
}
