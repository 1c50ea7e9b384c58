import { imageSystemsOf } from '../image-kinds.ts'
import { keyOf, type StoredResource } from '../read-identified.ts'
import type { Kept, Promised } from './promise.ts'

const found = ({ write, stored }: Kept): readonly StoredResource[] => stored.identified.get(keyOf(write)) ?? []

/** Images that a server has named as stored are there, all of them, bit for bit, of their patient. */
export const images: Promised = {
  hasLanded: (kept) => found(kept).length > 0,
  suspect(kept) {
    const { write } = kept
    const sides = imageSystemsOf(write.kind).length
    const parts = sides * (write.parts ?? 1)
    const expected = `${write.parts} images of ${write.patient}, bit for bit${sides > 1 ? ', on both sides' : ''}`
    const stored = found(kept)
    if (stored.some(({ status, patient }) => status !== 'intact' || patient !== write.patient)) {
      return { kind: 'corrupted', expected }
    }
    if (stored.length > parts) return { kind: 'duplicated', expected }
    return stored.length < parts && write.state === 'acknowledged' ? { kind: 'lost', expected } : undefined
  },
}
