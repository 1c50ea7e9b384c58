import { FhirError } from '../fhir/fhir-error.ts'

/** Primary result codes of SQLite. */
const busy = 5
const readOnly = 8
const full = 13

export const storageError = (code: 'EROFS' | 'ENOSPC', message: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${code}: ${message}`), { code })

/** Whether another process held the database for too long. */
export const isBusy = (error: unknown): boolean => primaryCode(error) === busy

/** What a client is told when the store, and not the request, was at fault; undefined for any other error. */
export const storageRefusal = (error: unknown): FhirError | undefined => {
  const { code } = Object(error)
  const sqlite = primaryCode(error)
  if (sqlite === full || code === 'ENOSPC') return new FhirError(507, 'no-store', 'expected room on the disk, got none')
  if (sqlite === readOnly || code === 'EROFS') {
    return new FhirError(503, 'no-store', 'expected storage that can be written, got read-only storage')
  }
  if (sqlite !== busy) return undefined
  const message = 'expected the database to be free, got one that another process holds'
  return new FhirError(503, 'lock-error', message).withHeaders({ 'retry-after': '1' })
}

const primaryCode = (error: unknown): number => Number(Object(error).errcode) & 0xff
