import type { Reference } from '../api/objects.ts'
import type { Kind } from '../kinds.ts'
import type { Observed } from '../status/observed.ts'

/** The reference to an object that was seen. */
export const referenceTo = <K extends Kind>(kind: K, { metadata }: Observed): Reference<K> => ({
  kind,
  namespace: metadata.namespace,
  name: metadata.name,
  uid: metadata.uid,
})
