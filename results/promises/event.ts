import { keyOf, orderKeyOf, type StoredResource } from '../read-identified.ts'
import type { Kept, Promised } from './promise.ts'

const found = ({ write, stored }: Kept): readonly StoredResource[] => stored.identified.get(keyOf(write)) ?? []

const linesOf = ({ write, stored }: Kept): readonly StoredResource[] => stored.identified.get(orderKeyOf(write)) ?? []

/** The resources that an event writes are all there, once each, of its patient. */
export const event: Promised = {
  hasLanded: (kept) => found(kept).length > 0,
  suspect(kept) {
    const { write } = kept
    const parts = write.parts ?? 1
    const expected = `${parts} of Patient/${write.patient}`
    const resources = found(kept)
    if (resources.length === 0) return write.state === 'acknowledged' ? { kind: 'lost', expected } : undefined
    if (resources.some(({ patient }) => patient !== write.patient)) return { kind: 'corrupted', expected }
    if (resources.length > parts) return { kind: 'duplicated', expected }
    return resources.length < parts ? { kind: 'half', expected } : undefined
  },
}

/** The results of an order are there as final ones, which later ones do not put back, and its lines wait no longer. */
export const result: Promised = {
  hasLanded: event.hasLanded,
  suspect(kept) {
    const suspicion = event.suspect(kept)
    if (suspicion) return suspicion
    const results = found(kept)
    if (results.some(({ status }) => status !== 'final')) return { kind: 'corrupted', expected: 'a final report' }
    const isWaiting = linesOf(kept).some(({ status }) => status === 'active')
    return isWaiting && results.length > 0 ? { kind: 'half', expected: 'the lines of its order completed' } : undefined
  },
}

const isClosed = (kept: Kept): boolean => found(kept).some(({ status }) => status === 'finished')

/** An access that was closed, or a stay after it that was left, is finished. */
export const close: Promised = {
  hasLanded: isClosed,
  suspect(kept) {
    const { write } = kept
    const expected = `finished, of Patient/${write.patient}`
    if (write.state === 'acknowledged' && !isClosed(kept)) return { kind: 'lost', expected }
    return found(kept).some(({ patient }) => patient !== write.patient) ? { kind: 'corrupted', expected } : undefined
  },
}
