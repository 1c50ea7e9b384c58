import { makeDefects } from '../defects/make-defects.ts'
import type { System } from '../http/system.ts'
import { CommitQueue } from '../store/commit-queue.ts'
import { ResourceStore } from '../store/resource-store.ts'
import { reportsTypes } from './reports-types.ts'
import type { SystemOptions } from './system-options.ts'

/** The documents of the health record. */
export const reports = ({ path, now, newId, defects, seed }: Omit<SystemOptions, 'prescriptions'>): System => {
  const store = new ResourceStore(path, reportsTypes)
  return {
    name: 'reports',
    surroundings: { store, types: reportsTypes, interference: makeDefects(defects, seed, now), now, newId },
    queue: new CommitQueue(store),
  }
}
