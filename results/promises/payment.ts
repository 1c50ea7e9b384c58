import type { StoredPayment } from '../read-back.ts'
import type { Kept, Promised } from './promise.ts'

const paid = ({ write, stored }: Kept): readonly StoredPayment[] =>
  stored.payments.filter(({ identifier, status }) => identifier === write.identifier && status === 'balanced')

/** A ticket that was paid is balanced, once, for its patient. */
export const payment: Promised = {
  hasLanded: (kept) => paid(kept).length > 0,
  suspect(kept) {
    const { write } = kept
    const expected = `balanced once, for Patient/${write.patient}`
    const [position, another] = paid(kept)
    if (another) return { kind: 'duplicated', expected }
    if (!position) return write.state === 'acknowledged' ? { kind: 'lost', expected } : undefined
    return position.patient === write.patient ? undefined : { kind: 'corrupted', expected }
  },
}
