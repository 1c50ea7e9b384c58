import type { Defect } from '../../model/defect.ts'
import type { Durability } from '../store/durability.ts'

/** What a system is made with. */
export interface SystemOptions {
  /** File of its database; made when it is not there. */
  readonly path: string
  readonly now: () => number
  readonly newId: () => string
  readonly defects: readonly Defect[]
  /** Fixes which of the operations the defects spoil. */
  readonly seed: number
  /** When commits become durable; at once when absent. */
  readonly durability?: Durability | undefined
}
