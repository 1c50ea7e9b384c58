import type { FaultOf } from '../../../model/fault.ts'
import type { RequestEffect } from './effect-of-request.ts'

/** The status with a FHIR OperationOutcome; the request does not go upstream. */
export const httpError = ({ status }: FaultOf<'http-error'>): RequestEffect => ({
  kind: 'answer',
  status,
  body: JSON.stringify({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: status < 500 ? 'processing' : 'transient', diagnostics: 'injected fault' }],
  }),
})
