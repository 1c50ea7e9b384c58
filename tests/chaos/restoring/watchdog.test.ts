import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../../chaos/restoring/journal-entry.ts'
import { graceMs, watch } from '../../../chaos/restoring/watchdog.ts'

const injecting: JournalEntry = {
  kind: 'injecting',
  id: 'f1',
  fault: { kind: 'freeze', component: 'recup' },
  undoings: [],
  deadlineUnixMs: 10_000,
  atUnixMs: 0,
}
const restored: JournalEntry = { kind: 'restored', id: 'f1', by: 'run', atUnixMs: 9000 }
const closed: JournalEntry = { kind: 'closed', by: 'run', atUnixMs: 9500 }

describe('watch', () => {
  it.each<readonly [string, readonly [readonly JournalEntry[], boolean, number], string]>([
    ['waits while the run lives and no fault is overdue', [[injecting], true, 10_000 + graceMs], 'wait'],
    ['ends a fault that is overdue although the run lives', [[injecting], true, 10_001 + graceMs], 'end-overdue'],
    ['waits when the fault was restored', [[injecting, restored], true, 99_000], 'wait'],
    ['ends everything at once when the run is dead', [[injecting], false, 1], 'end-all'],
    ['ends everything when the run died before its first fault', [[], false, 1], 'end-all'],
    ['leaves when the journal is closed', [[injecting, restored, closed], false, 99_000], 'leave'],
  ])('%s', (_, seen, kind) => {
    expect(watch(...seen).kind).toBe(kind)
  })
})
