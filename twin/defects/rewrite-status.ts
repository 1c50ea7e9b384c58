import type { ResourceStore, Stored } from '../store/resource-store.ts'

/** Stores a resource that has just been written once more with another status, as the next version. */
export const rewriteStatus = (store: ResourceStore, { row, resource }: Stored, status: string): void => {
  const version = row.version + 1
  store.write({ ...resource, status, meta: { ...resource.meta, versionId: String(version) } }, version, {
    row,
    resource,
  })
}
