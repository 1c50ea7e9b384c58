import { isHeldByNobody, isPending, isTakenByNobody, mine } from '../stored-state.ts'
import type { Promised } from './promise.ts'

/** A slot that was given back is free, or somebody else's by now. */
export const release: Promised = {
  mayBeDoneByOthers: true,
  hasLanded: ({ write, stored }) => mine(write, stored).length === 0,
  suspect({ write, stored }) {
    const expected = `nobody’s hold on Slot/${write.slot}, the slot free`
    if (isTakenByNobody(write.slot, stored)) return { kind: 'half', expected }
    const isStillHeld = mine(write, stored).some(isPending) || isHeldByNobody(write.slot, stored)
    return write.state === 'acknowledged' && isStillHeld ? { kind: 'leaked', expected } : undefined
  },
}
