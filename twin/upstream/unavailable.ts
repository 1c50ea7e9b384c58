import { FhirError } from '../fhir/fhir-error.ts'

/** A refusal that asks the client to come again after a while. */
export const unavailable = (message: string, retryAfterS = 1): FhirError =>
  new FhirError(503, 'transient', message).withHeaders({ 'retry-after': String(retryAfterS) })
