import type { System } from '../http/system.ts'
import { CommitQueue } from '../store/commit-queue.ts'
import { ResourceStore } from '../store/resource-store.ts'
import { prescriptionTypes } from './prescription-types.ts'
import type { SystemOptions } from './system-options.ts'

/** The electronic prescriptions: a FHIR stand-in for the national service. */
export const prescriptions = ({
  path,
  now,
  newId,
  durability,
}: Pick<SystemOptions, 'path' | 'now' | 'newId' | 'durability'>): System => {
  const store = new ResourceStore(path, prescriptionTypes, durability)
  return {
    name: 'prescriptions',
    surroundings: { store, types: prescriptionTypes, interference: {}, now, newId },
    queue: new CommitQueue(store.database),
  }
}
