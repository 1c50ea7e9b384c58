import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'

/** An order is answered as usual, and none of its lines is kept. Share of orders. */
export const lostOrder = (due: DueShare): Interference => ({
  done(changes, store, isTransaction) {
    const lines = changes.filter(({ after, before }) => after.row.type === 'ServiceRequest' && !before)
    if (!isTransaction || lines.length === 0 || !due.next()) return
    for (const { after } of lines) store.remove(after)
    due.spend()
  },
})
