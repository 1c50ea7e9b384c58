import type { Finding } from '../../model/run-record.ts'
import type { FinalWrite, RowWrites } from '../ledger.ts'
import type { Stored } from '../read-back.ts'

/** What is wrong with what is stored of a write. */
export type Suspicion = Pick<Finding, 'kind' | 'expected'>

/** A write, the row that sent it, and what the target keeps. */
export interface Kept {
  readonly write: FinalWrite
  readonly row: RowWrites
  readonly stored: Stored
}

/** What a kind of write promises. */
export interface Promised {
  /** Whether the effect of a write is there. */
  hasLanded(kept: Kept): boolean
  /** What is wrong with a write that was acknowledged, or that nobody knows of. */
  suspect(kept: Kept): Suspicion | undefined
  /** Whether a refusal may stand beside the effect: somebody else may have had it. */
  readonly mayBeDoneByOthers?: boolean
}
