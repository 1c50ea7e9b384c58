import type { Rng } from '../../../generators/rng.ts'
import type { FaultOf } from '../../../model/fault.ts'
import { alteredBody } from './altered-body.ts'
import type { RequestEffect } from './effect-of-request.ts'
import { httpError } from './http-error.ts'
import { latencyOfRequest } from './latency.ts'
import { resetOfRequest } from './reset.ts'
import { slowBody } from './slow-body.ts'
import { truncatedBody } from './truncated-body.ts'

/** Faults of a request and its answer. */
export type RequestKind = 'latency' | 'reset' | 'http-error' | 'slow-body' | 'truncated-body' | 'altered-body'
export type RequestFault = FaultOf<RequestKind>

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
