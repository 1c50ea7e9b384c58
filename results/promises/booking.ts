import { isBooked, isFaithful, isSoundlySold, isTakenByNobody, mine } from '../stored-state.ts'
import type { Promised } from './promise.ts'

/** A booking is there for its patient in its slot, and the slot is busy. */
export const booking: Promised = {
  hasLanded: ({ write, stored }) =>
    mine(write, stored).some((appointment) => isBooked(appointment) && appointment.slots.includes(write.slot)),
  suspect({ write, row, stored }) {
    const expected = `booked for Patient/${write.patient} in Slot/${write.slot}, the slot busy`
    const [appointment] = mine(write, stored)
    if (!appointment || !isBooked(appointment)) {
      if (isTakenByNobody(write.slot, stored)) return { kind: 'half', expected }
      return write.state === 'acknowledged' ? { kind: 'lost', expected } : undefined
    }
    if (!isFaithful({ write, row }, appointment)) return { kind: 'corrupted', expected }
    return write.isUntold || isSoundlySold(write.slot, stored) ? undefined : { kind: 'half', expected }
  },
}
