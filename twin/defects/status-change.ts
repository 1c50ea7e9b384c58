import type { Change } from '../fhir/interference.ts'
import type { Stored } from '../store/resource-store.ts'

/** What a request has turned from one status into another, of a type; undefined when it has not. */
export const statusChange = (
  changes: readonly Change[],
  type: string,
  [from, to]: readonly [string, string],
): Stored | undefined =>
  changes.find(
    ({ after, before }) =>
      after.row.type === type && after.resource['status'] === to && before?.resource['status'] === from,
  )?.after
