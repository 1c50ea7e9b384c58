import type { Rng } from '../../../generators/rng.ts'
import type { FaultOf } from '../../../model/fault.ts'
import { alteredBody } from './altered-body.ts'
import { httpError } from './http-error.ts'
import { latencyOfRequest } from './latency.ts'
import { resetOfRequest } from './reset.ts'
import { slowBody } from './slow-body.ts'
import { truncatedBody } from './truncated-body.ts'

/** Faults of a request and its answer. */
export type RequestKind = 'latency' | 'reset' | 'http-error' | 'slow-body' | 'truncated-body' | 'altered-body'
export type RequestFault = FaultOf<RequestKind>

/** The body of an answer on its way to the client. */
export type Body = AsyncIterable<Buffer>

export interface BodyChange {
  /** For the log. */
  readonly figures: Readonly<Record<string, number>>
  /** `ended`: the fault is over, so what is left passes unhindered. */
  readonly change: (body: Body, ended: AbortSignal) => Body
  /** The connection ends with the changed body, whatever its length was said to be. */
  readonly isCut: boolean
}

/** What a fault does to one request, as far as it was drawn. */
export type RequestEffect =
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  /** `bodyBytes`: as the answer says; undefined where it does not. */
  | { readonly kind: 'body'; readonly change: (bodyBytes: number | undefined) => BodyChange }

export const requestEffect = (fault: RequestFault, rng: Rng): RequestEffect => {
  switch (fault.kind) {
    case 'latency':
      return latencyOfRequest(fault, rng)
    case 'reset':
      return resetOfRequest
    case 'http-error':
      return httpError(fault)
    case 'slow-body':
      return slowBody(fault)
    case 'truncated-body':
      return truncatedBody
    case 'altered-body':
      return alteredBody
  }
}
