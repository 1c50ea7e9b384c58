import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../store/database.ts'

/** What a process is told to see whether its store takes a write. */
export interface WriteOrder {
  readonly tryWrite: true
}

export const isWriteOrder = (order: object): order is WriteOrder => 'tryWrite' in order

/** Writes a little and takes it back, durably and as late as a request would. Throws what the database says against it. */
export const tryWrite = async (database: Database | undefined): Promise<void> => {
  if (!database) throw new Error('expected a process that keeps data, got one that keeps none')
  if (database.delayMs > 0) await sleep(database.delayMs)
  database.commit(() =>
    database.sql.exec("INSERT INTO ballast VALUES (x'00'); DELETE FROM ballast WHERE bytes = x'00'"),
  )
}
