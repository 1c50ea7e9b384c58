import { makeDefects } from '../defects/make-defects.ts'
import type { System } from '../http/system.ts'
import { CommitQueue } from '../store/commit-queue.ts'
import { ResourceStore } from '../store/resource-store.ts'
import { emergencyTypes } from './emergency-types.ts'
import type { SystemOptions } from './system-options.ts'

/** The system of the emergency departments. */
export const emergency = ({ path, now, newId, defects, seed }: Omit<SystemOptions, 'prescriptions'>): System => {
  const store = new ResourceStore(path, emergencyTypes)
  return {
    name: 'emergency',
    surroundings: { store, types: emergencyTypes, interference: makeDefects(defects, seed, now), now, newId },
    queue: new CommitQueue(store),
  }
}
