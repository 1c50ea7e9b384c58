import { isSoundlySold, isTakenByNobody, mine } from '../stored-state.ts'
import type { Promised } from './promise.ts'

/** A moved appointment is in its new slot, which is busy, and its old slot is free or somebody else's. */
export const move: Promised = {
  hasLanded: ({ write, stored }) => mine(write, stored).some(({ slots }) => slots.includes(write.slot)),
  suspect({ write, stored }) {
    const { patient, slot, fromSlot = '', state } = write
    const expected = `booked for Patient/${patient} in Slot/${slot}, no longer in Slot/${fromSlot}`
    const [appointment] = mine(write, stored)
    if (!appointment || appointment.patient !== patient) {
      return { kind: appointment || state === 'unknown' ? 'corrupted' : 'lost', expected }
    }
    const { slots } = appointment
    if (slots.length === 1 && slots[0] === slot) {
      const isWhole = isSoundlySold(slot, stored) && !isTakenByNobody(fromSlot, stored)
      return isWhole ? undefined : { kind: 'half', expected }
    }
    if (!slots.includes(fromSlot)) return write.isUntold ? undefined : { kind: 'corrupted', expected }
    if (isTakenByNobody(slot, stored)) return { kind: 'half', expected }
    return state === 'acknowledged' ? { kind: 'lost', expected } : undefined
  },
}
