/** Codes of `OperationOutcome.issue.code` in use here (FHIR R4 issue-type). */
export type IssueCode =
  | 'invalid'
  | 'structure'
  | 'required'
  | 'value'
  | 'not-found'
  | 'not-supported'
  | 'conflict'
  | 'duplicate'
  | 'business-rule'
  | 'login'
  | 'security'
  | 'too-long'
  | 'transient'
  | 'no-store'
  | 'lock-error'
  | 'exception'
  | 'multiple-matches'

/** A refusal that the client gets as an OperationOutcome with this HTTP status. */
export class FhirError extends Error {
  readonly status: number
  readonly code: IssueCode
  headers: Readonly<Record<string, string>> = {}

  constructor(status: number, code: IssueCode, message: string) {
    super(message)
    this.name = 'FhirError'
    this.status = status
    this.code = code
  }

  /** The same refusal, answered with these headers too. */
  withHeaders(headers: Readonly<Record<string, string>>): this {
    this.headers = headers
    return this
  }
}

/** The body of a refusal. */
export const operationOutcome = (code: IssueCode, diagnostics: string): string =>
  JSON.stringify({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] })

/** Any thrown value as a refusal; what is not a `FhirError` becomes a 500 that tells nothing of the inside. */
export const fhirErrorOf = (error: unknown): FhirError =>
  error instanceof FhirError ? error : new FhirError(500, 'exception', 'internal error; see the log of the server')
