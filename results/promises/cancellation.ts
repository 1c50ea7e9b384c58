import { isBusy, isTakenByNobody, mine } from '../stored-state.ts'
import type { Promised } from './promise.ts'

/** A cancelled appointment is no longer active, and its slot is free or somebody else's. */
export const cancellation: Promised = {
  hasLanded: ({ write, stored }) => mine(write, stored).length === 0,
  suspect({ write, stored }) {
    const expected = `cancelled, Slot/${write.slot} free`
    const isGone = mine(write, stored).length === 0
    if (isGone) return isTakenByNobody(write.slot, stored) ? { kind: 'half', expected } : undefined
    if (write.state === 'acknowledged') return { kind: 'lost', expected }
    return isBusy(write.slot, stored) ? undefined : { kind: 'half', expected: `booked or ${expected}` }
  },
}
