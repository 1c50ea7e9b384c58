import type { Durability } from '../store/durability.ts'
import type { DueShare } from './due-share.ts'

/** How long confirmed writes are in memory only. */
const inMemoryMs = 2000

/**
 * A write is confirmed before it is on the disk: everybody sees it, and a process that crashes forgets it. Share of commits; one
 * that is made durable takes those before it along.
 */
export const lostOnCrash = (due: DueShare, schedule: (work: () => void, afterMs: number) => void): Durability => ({
  isPutOff() {
    if (!due.next()) return false
    due.spend()
    return true
  },
  later: (makeDurable) => schedule(makeDurable, inMemoryMs),
})
