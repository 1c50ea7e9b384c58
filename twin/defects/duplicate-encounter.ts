import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'

/** A registration, or a take-over, makes two encounters with the same identifier. Share of both. */
export const duplicateEncounter = (due: DueShare): Interference => ({
  done(changes, store, isTransaction) {
    const made = changes.find(({ after, before }) => after.row.type === 'Encounter' && !before)
    if (!isTransaction || !made || !due.next()) return
    const { resource, row } = made.after
    store.write({ ...resource, id: `${resource.id}-twice` }, row.version)
    due.spend()
  },
})
