import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from '../store/database.ts'
import type { RestOrder } from './inside-fault.ts'

/** Begins no commit for a while; resolves when none is under way. */
export const rest = async ({ restMs }: RestOrder, database: Database | undefined): Promise<void> => {
  if (!database) return
  database.isResting = true
  setTimeout(() => {
    database.isResting = false
  }, restMs)
  // A commit that was due comes before the second turn.
  await turn()
  await turn()
}
