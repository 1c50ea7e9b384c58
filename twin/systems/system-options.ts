import type { Authorize } from '../../clients/token.ts'
import type { Defect } from '../../model/defect.ts'

/** What a system is made with. */
export interface SystemOptions {
  /** File of its database; made when it is not there. */
  readonly path: string
  readonly now: () => number
  readonly newId: () => string
  readonly defects: readonly Defect[]
  /** Fixes which of the operations the defects spoil. */
  readonly seed: number
  /** FHIR base of the prescription system, and how to get in; only `recup` asks it. */
  readonly prescriptions: { readonly baseUrl: string; readonly authorize: Authorize }
}
