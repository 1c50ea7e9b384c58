import { isAccepted, isFaithful, mine } from '../stored-state.ts'
import type { Kept, Promised, Suspicion } from './promise.ts'

const hasLanded = ({ write, stored }: Kept): boolean => mine(write, stored).some(isAccepted)

const suspectArrived = ({ write, row, stored }: Kept, ifAbsent: Suspicion | undefined): Suspicion | undefined => {
  const expected = `arrived, of Patient/${write.patient}`
  const [appointment] = mine(write, stored)
  if (appointment && isAccepted(appointment)) {
    return isFaithful({ write, row }, appointment) ? undefined : { kind: 'corrupted', expected }
  }
  if (write.state === 'acknowledged') return { kind: 'lost', expected }
  return appointment ? undefined : ifAbsent
}

/** An accepted patient has arrived; who was booked before and is not there any more was lost by somebody. */
export const acceptance: Promised = {
  hasLanded,
  suspect: (kept) =>
    suspectArrived(kept, { kind: 'corrupted', expected: `booked or arrived, of Patient/${kept.write.patient}` }),
}

/** Who came without a booking is there as arrived. */
export const admission: Promised = { hasLanded, suspect: (kept) => suspectArrived(kept, undefined) }
