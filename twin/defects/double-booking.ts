import { always } from '../fhir/date-range.ts'
import type { Interference } from '../fhir/interference.ts'
import type { JsonPatch } from '../fhir/json-patch.ts'
import type { Criterion, SearchQuery } from '../fhir/search-query.ts'
import { type ResourceStore, type Row, stored } from '../store/resource-store.ts'
import type { DueShare } from './due-share.ts'

/** Sold slots that a search looks through for one that it can offer. */
const candidates = 200

/**
 * A search for free slots answers with one that is sold, shown as free, and the next guarded hold of that slot succeeds: it ends
 * with two booked appointments. Share of searches for free slots; a search that finds no sold slot leaves the defect due.
 */
export const doubleBooking = (due: DueShare): Interference => {
  const offered = new Set<string>()
  return {
    search(type, query, store) {
      if (type !== 'Slot' || !query.criteria.some(asksFree) || !due.next()) return undefined
      const row = soldSlots(query, store).find(({ id }) => !offered.has(id) && isSoldOnce(id, store))
      if (!row) return undefined
      due.spend()
      offered.add(row.id)
      return [{ ...row, body: JSON.stringify({ ...stored(row).resource, status: 'free' }) }]
    },
    patched: (found, patch) =>
      found.resourceType === 'Slot' && offered.has(found.id ?? '') && patch.some(testsFree)
        ? { ...found, status: 'free' }
        : undefined,
    done(changes) {
      for (const { after } of changes) if (after.row.type === 'Slot') offered.delete(after.row.id)
    },
  }
}

const asksFree = ({ parameter, anyOf }: Criterion): boolean =>
  parameter === 'status' && anyOf.length === 1 && anyOf[0]?.code === 'free'

const testsFree = (operation: JsonPatch[number]): boolean =>
  operation.op === 'test' && operation.path.join('/') === 'status' && operation.value === 'free'

const soldSlots = ({ after: _, ...query }: SearchQuery, store: ResourceStore): readonly Row[] => {
  const criteria = query.criteria.map((one) => (asksFree(one) ? { ...one, anyOf: [{ code: 'busy' }] } : one))
  return store.search('Slot', { ...query, criteria, count: candidates }).rows
}

const isSoldOnce = (id: string, store: ResourceStore): boolean => {
  const criteria = [
    { parameter: 'slot', anyOf: [{ system: 'Slot', code: id }] },
    { parameter: 'status', anyOf: [{ code: 'pending' }, { code: 'booked' }] },
  ]
  const { rows } = store.search('Appointment', { criteria, range: always, count: 2 })
  return rows.length === 1 && rows.every((row) => stored(row).resource['status'] === 'booked')
}
