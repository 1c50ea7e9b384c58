import type { Surroundings } from '../fhir/interactions.ts'
import type { Resource } from '../fhir/resource.ts'
import type { TypeDefinitions } from '../fhir/type-definition.ts'
import type { CommitQueue } from '../store/commit-queue.ts'

/** Headers of the client's request that go on to another system. */
export interface Forwarded {
  /** Authority that the client called, for links in the answer. */
  readonly host: string
  /** Of the client's URL. */
  readonly scheme: 'http' | 'https'
  /** W3C trace context. */
  readonly traceparent: string | undefined
}

export interface UpstreamAnswer {
  readonly status: number
  readonly body: string
}

/** A system as the HTTP layer serves it. */
export interface System {
  readonly name: string
  readonly surroundings: Surroundings
  readonly queue: CommitQueue
  /** Decides, before anything is written, which of the resources may be created; the result throws for those that may not. */
  admit?(resources: readonly Resource[], forwarded: Forwarded): Promise<(resource: Resource) => void>
  /** Types that are read and searched at another system, and how. `path` is relative to the FHIR base. Throws a FhirError. */
  readonly upstream?: {
    readonly types: TypeDefinitions
    get(path: string, forwarded: Forwarded): Promise<UpstreamAnswer>
  }
}
