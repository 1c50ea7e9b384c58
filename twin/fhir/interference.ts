import type { ResourceStore, Row, Stored } from '../store/resource-store.ts'
import type { JsonPatch } from './json-patch.ts'
import type { Resource } from './resource.ts'
import type { SearchQuery } from './search-query.ts'

/** A write of a request: what was stored and what stood there before. */
export interface Change {
  readonly after: Stored
  readonly before?: Stored
  /** How the client asked for it. */
  readonly by: 'create' | 'update' | 'patch'
}

/** The places where a defect can reach into the work of a system. All but `delayMs` run inside the transaction of the request. */
export interface Interference {
  /** Rows to answer a search with in place of the right ones; undefined leaves it alone. */
  search?(type: string, query: SearchQuery, store: ResourceStore): readonly Row[] | undefined
  /** What a PATCH finds in place of the stored resource. */
  patched?(stored: Resource, patch: JsonPatch): Resource | undefined
  /** Whether somebody without a valid token is let in. */
  letsIn?(): boolean
  /** How long a request is held back before anything is done about it. */
  delayMs?(method: string, path: string): number
  /** Last, with everything the request changed. */
  done?(changes: readonly Change[], store: ResourceStore, isTransaction: boolean): void
}

/** Several as one: the first that answers counts. */
export const allInterferences = (list: readonly Interference[]): Interference => ({
  search: (type, query, store) => first(list, (one) => one.search?.(type, query, store)),
  patched: (stored, patch) => first(list, (one) => one.patched?.(stored, patch)),
  letsIn: () => list.some((one) => one.letsIn?.() === true),
  delayMs: (method, path) => list.reduce((sum, one) => sum + (one.delayMs?.(method, path) ?? 0), 0),
  done: (changes, store, isTransaction) => {
    for (const one of list) one.done?.(changes, store, isTransaction)
  },
})

const first = <T>(list: readonly Interference[], ask: (one: Interference) => T | undefined): T | undefined => {
  for (const one of list) {
    const answer = ask(one)
    if (answer !== undefined) return answer
  }
  return undefined
}
