import { existsSync } from 'node:fs'
import type { HistoryEntry } from '../../model/history-entry.ts'
import type { RunRecord } from '../../model/run-record.ts'
import { likenessOf } from './like-runs.ts'
import { readHistory } from './read-history.ts'

/** Runs like this one up to it, oldest first, as far as a history keeps them; empty where there is no history, or where it does not know the run. */
export const readLikeRuns = async (history: string, record: RunRecord): Promise<readonly HistoryEntry[]> => {
  if (!existsSync(history)) return []
  const wanted = likenessOf(record)
  const { groups } = await readHistory(history, {
    accepts: (run) => likenessOf(run) === wanted,
    untilId: record.id,
  })
  const entries = groups[0]?.entries ?? []
  return entries.at(-1)?.id === record.id ? entries : []
}
