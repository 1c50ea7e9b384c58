import { makeDefects } from '../defects/make-defects.ts'
import type { System } from '../http/system.ts'
import { CommitQueue } from '../store/commit-queue.ts'
import { ResourceStore } from '../store/resource-store.ts'
import { type Upstream, UpstreamClient } from '../upstream/upstream-client.ts'
import { checkPrescriptions } from './prescription-check.ts'
import { prescriptionTypes } from './prescription-types.ts'
import { recupTypes } from './recup-types.ts'
import type { SystemOptions } from './system-options.ts'

/** The booking system. It takes an appointment only for a prescription that the prescription system knows. */
export const recup = (
  { path, now, newId, defects, seed, durability }: SystemOptions,
  prescriptions: Upstream,
): System => {
  const store = new ResourceStore(path, recupTypes, durability)
  const upstream = new UpstreamClient(prescriptions)
  return {
    name: 'recup',
    surroundings: { store, types: recupTypes, interference: makeDefects(defects, seed, now), now, newId },
    queue: new CommitQueue(store.database),
    admit: checkPrescriptions(upstream),
    upstream: { types: prescriptionTypes, get: (path, forwarded) => upstream.get(path, forwarded) },
  }
}
