import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'

/** How late a slow search is answered. */
const slowMs = 2000

/** A search of any type is answered late, and rightly. Share of searches. */
export const slowSearch = (due: DueShare): Interference => ({
  delayMs(method, path) {
    if (method !== 'GET' || !/^\/fhir\/[A-Z][A-Za-z]+$/.test(path) || !due.next()) return 0
    due.spend()
    return slowMs
  },
})
