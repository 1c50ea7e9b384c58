import { keyOf } from '../read-identified.ts'
import { event } from './event.ts'
import type { Promised } from './promise.ts'

/** A published document is there once, of its patient, byte for byte. */
export const document: Promised = {
  hasLanded: event.hasLanded,
  suspect(kept) {
    const suspicion = event.suspect(kept)
    if (suspicion) return suspicion
    const { write, stored } = kept
    const [found] = stored.identified.get(keyOf(write)) ?? []
    if (!found || found.digest === write.digest) return undefined
    const expected = `bytes with the SHA-1 ${write.digest}`
    return { kind: found.digest === '' ? 'half' : 'corrupted', expected }
  },
}
