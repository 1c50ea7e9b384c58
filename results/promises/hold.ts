import { isActive, isBooked, isBusy, isFaithful, isHeldByNobody, isTakenByNobody, mine } from '../stored-state.ts'
import type { Promised } from './promise.ts'

/** A hold may be pending, cancelled or gone, its slot tentative or free: holds expire. It never leaves a slot that is nobody's. */
export const hold: Promised = {
  hasLanded: ({ write, stored }) =>
    mine(write, stored).some((appointment) => isActive(appointment) && appointment.slots.includes(write.slot)),
  suspect({ write, row, stored }) {
    const expected = `pending for Patient/${write.patient} in Slot/${write.slot}, or gone and the slot free`
    const [appointment] = mine(write, stored)
    const wasBookRefused = row.writes.some(({ kind, identifier }) => kind === 'book' && identifier === write.identifier)
    if (appointment && isBooked(appointment) && wasBookRefused) {
      return { kind: 'corrupted', expected: 'no effect of a refused book' }
    }
    if (appointment && !isFaithful({ write, row }, appointment)) return { kind: 'corrupted', expected }
    // A load generator that is killed takes its last words with it: the booking is ours, and it was never told.
    if (appointment && isBooked(appointment)) {
      return write.isUntold || isBusy(write.slot, stored) ? undefined : { kind: 'half', expected }
    }
    // Of a hold that was given back the release tells.
    const wasReleased = row.writes.some(
      ({ kind, state, slot, identifier }) =>
        kind === 'release' && state !== 'refused' && slot === write.slot && identifier === write.identifier,
    )
    const isNobodys = isHeldByNobody(write.slot, stored) && !wasReleased
    return isTakenByNobody(write.slot, stored) || isNobodys ? { kind: 'half', expected } : undefined
  },
}
