import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestHit } from './link-injection.ts'

/** A request, its answer, and what hits them. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly hits: readonly RequestHit[]
}
