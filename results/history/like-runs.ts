import type { HistoryEntry } from '../../model/history-entry.ts'

/** What makes runs alike: they did the same to the same target. */
export type Likeness = Pick<HistoryEntry, 'scenario' | 'experiment' | 'target' | 'fingerprint' | 'defects'>

/** Runs that did the same to the same target, oldest first; only the latest of them are kept. */
export interface LikeRuns {
  readonly entries: readonly HistoryEntry[]
  /** How many there were, those that are not kept too. */
  readonly runs: number
}

/** Equal for runs that are alike. Defects that are built in on purpose change what a target is. */
export const likenessOf = ({ scenario, experiment, target, fingerprint, defects }: Likeness): string =>
  JSON.stringify([scenario, experiment, target, fingerprint, defects.map(({ kind, shareRatio }) => [kind, shareRatio])])
