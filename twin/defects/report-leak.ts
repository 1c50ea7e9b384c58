import type { Interference } from '../fhir/interference.ts'
import { valuesAt } from '../fhir/resource.ts'
import type { Criterion } from '../fhir/search-query.ts'
import { stored } from '../store/resource-store.ts'
import type { DueShare } from './due-share.ts'

const asksPatient = ({ parameter }: Criterion): boolean => parameter === 'patient' || parameter === 'subject'

/** A list of a patient's documents ends with the next one in order of publication, whosever it is. Share of such lists. */
export const reportLeak = (due: DueShare): Interference => ({
  search(type, query, store) {
    if (type !== 'DocumentReference' || !query.criteria.some(asksPatient) || !due.next()) return undefined
    const { rows } = store.search(type, query)
    const last = rows.at(-1)
    const next = last && store.following(type, last.key)
    if (!next || rows.some(({ id }) => id === next.id)) return undefined
    const ownerOf = (row: typeof next) => String(valuesAt(stored(row).resource, ['subject', 'reference'])[0])
    if (ownerOf(next) === ownerOf(last)) return undefined
    due.spend()
    return [...rows, next]
  },
})
