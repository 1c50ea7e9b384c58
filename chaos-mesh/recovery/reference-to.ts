import type { Reference } from '../api/objects.ts'
import type { Kind } from '../kinds.ts'
import type { Observed } from '../status/observed.ts'

/** The reference to an object that was seen. */
export const referenceTo = (kind: Kind, { metadata }: Observed): Reference => ({
  kind,
  namespace: metadata.namespace,
  name: metadata.name,
  uid: metadata.uid,
})
