import type { Interference } from '../fhir/interference.ts'
import type { DueShare } from './due-share.ts'
import { rewriteStatus } from './rewrite-status.ts'

/** A final report is answered as usual, and the preliminary one that came before it is put in its place. Share of reports. */
export const outOfOrderResult = (due: DueShare): Interference => ({
  done(changes, store) {
    const report = changes.find(
      ({ after }) => after.row.type === 'DiagnosticReport' && after.resource['status'] === 'final',
    )
    if (!report || !due.next()) return
    rewriteStatus(store, report.after, 'preliminary')
    due.spend()
  },
})
