import { join } from 'node:path'
import { readLines } from '../results/read-lines.ts'

/** The lateness of the load generator itself, row by row: started − max(due, taken). */
export const timerLagsMs = async (
  dir: string,
): Promise<readonly { readonly dueMs: number; readonly lagMs: number }[]> => {
  const lags: { dueMs: number; lagMs: number }[] = []
  for await (const line of readLines(join(dir, 'ledger.ndjson.gz'))) {
    const entry: { kind: string; dueMs: number; takenMs: number; startedMs: number } = JSON.parse(line)
    if (entry.kind === 'row')
      lags.push({ dueMs: entry.dueMs, lagMs: entry.startedMs - Math.max(entry.dueMs, entry.takenMs) })
  }
  return lags
}
