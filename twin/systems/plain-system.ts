import type { SystemName } from '../../model/system.ts'
import { makeDefects } from '../defects/make-defects.ts'
import type { TypeDefinitions } from '../fhir/type-definition.ts'
import type { System } from '../http/system.ts'
import { CommitQueue } from '../store/commit-queue.ts'
import { ResourceStore } from '../store/resource-store.ts'
import { emergencyTypes } from './emergency-types.ts'
import { reportsTypes } from './reports-types.ts'
import type { SystemOptions } from './system-options.ts'
import { telemedicineTypes } from './telemedicine-types.ts'

/** Systems that are their types and ask nobody else. */
const typesOf = {
  emergency: emergencyTypes,
  reports: reportsTypes,
  telemedicine: telemedicineTypes,
} as const satisfies Partial<Record<SystemName, TypeDefinitions>>
export type PlainName = keyof typeof typesOf

export const isPlain = (name: string | undefined): name is PlainName =>
  name !== undefined && Object.hasOwn(typesOf, name)

export const plainSystem = (
  name: PlainName,
  { path, now, newId, defects, seed, durability }: SystemOptions,
): System => {
  const types = typesOf[name]
  const store = new ResourceStore(path, types, durability)
  return {
    name,
    surroundings: { store, types, interference: makeDefects(defects, seed, now), now, newId },
    queue: new CommitQueue(store.database),
  }
}
