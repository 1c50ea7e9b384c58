import type { Change } from '../fhir/interference.ts'
import type { Stored } from '../store/resource-store.ts'

/** What a request has turned from one status into another, of a type. */
export const statusChanges = (
  changes: readonly Change[],
  type: string,
  [from, to]: readonly [string, string],
): readonly Stored[] =>
  changes
    .filter(
      ({ after, before }) =>
        after.row.type === type && after.resource['status'] === to && before?.resource['status'] === from,
    )
    .map(({ after }) => after)
