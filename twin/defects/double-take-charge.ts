import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'

/** A desk that comes second finds the prescription as if nobody had taken it. Share of those who come second. */
export const doubleTakeCharge = (due: DueShare): Interference => ({
  patched(found) {
    if (found.resourceType !== 'Task' || found['status'] !== 'accepted' || !due.next()) return undefined
    due.spend()
    return { ...found, status: 'requested' }
  },
})
