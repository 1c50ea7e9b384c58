import type { Plan } from '../model/plan.ts'
import type { RunRecord } from '../model/run-record.ts'
import { appendHistory } from '../results/history/append-history.ts'
import { historyEntryOf } from '../results/history/history-entry-of.ts'

/** Adds a run to a history; where that cannot be written it is told, and what the run came to stands. */
export const keepInHistory = (
  history: string,
  { record, plan }: { readonly record: RunRecord; readonly plan: Plan },
  tell: (text: string) => void,
): void => {
  try {
    appendHistory(history, historyEntryOf(record, plan.totals))
  } catch (error) {
    tell(`history   not kept: ${error instanceof Error ? error.message : error}`)
  }
}
