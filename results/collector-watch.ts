import type { RowEnded } from '../model/sample.ts'
import type { Cell } from './cells.ts'

/** Whoever follows a run as it is stored. */
export interface CollectorWatch {
  /** Deltas, as in `cells.ndjson.gz`. */
  cells(cells: readonly Cell[]): void
  /** Every row once: the end of its journey, or of its caller's patience. */
  ended(sample: RowEnded): void
}

export const nobody: CollectorWatch = { cells: () => {}, ended: () => {} }
