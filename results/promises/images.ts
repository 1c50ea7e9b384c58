import type { ImageSystemName } from '../../model/system.ts'
import { imageSystemsOf } from '../image-kinds.ts'
import { keyOf, type StoredResource } from '../read-identified.ts'
import type { Kept, Promised } from './promise.ts'

const found = ({ write, stored }: Kept): readonly StoredResource[] => stored.identified.get(keyOf(write)) ?? []

/** Images that a server has named as stored are there, each of them once, bit for bit, of their patient; those that were moved on both sides. */
export const images: Promised = {
  // What is moved was on the old side before.
  hasLanded: (kept) => found(kept).some(({ image }) => image?.system === imageSystemsOf(kept.write.kind).at(-1)),
  suspect(kept) {
    const { write } = kept
    const systems = imageSystemsOf(write.kind)
    const expected = `${write.parts} images of ${write.patient}, bit for bit${systems.length > 1 ? ', on both sides' : ''}`
    const stored = found(kept)
    if (stored.some(({ status, patient }) => status !== 'intact' || patient !== write.patient)) {
      return { kind: 'corrupted', expected }
    }
    const numbers = systems.map((system) => numbersIn(stored, system))
    if (numbers.some((of) => new Set(of).size < of.length)) return { kind: 'duplicated', expected }
    const isMissing = numbers.some((of) => of.length < (write.parts ?? 1))
    return isMissing && write.state === 'acknowledged' ? { kind: 'lost', expected } : undefined
  },
}

const numbersIn = (stored: readonly StoredResource[], system: ImageSystemName): readonly number[] =>
  stored.flatMap(({ image }) => (image?.system === system ? [image.number] : []))
