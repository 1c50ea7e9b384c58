import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'

/** A request without a valid token is let in. Share of such requests. */
export const openDoor = (due: DueShare): Interference => ({
  letsIn() {
    if (!due.next()) return false
    due.spend()
    return true
  },
})
