import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Journal, journalPath, journalsIn, readJournal } from '../../../chaos/restoring/journal.ts'
import type { JournalEntry } from '../../../chaos/restoring/journal-entry.ts'

const entry: JournalEntry = { kind: 'closed', by: 'run', atUnixMs: 1 }

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-journal-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

describe('Journal', () => {
  it('is read again as it was written, by whoever looks for journals', () => {
    const runsDir = folder()
    const journal = new Journal(journalPath(runsDir, 'r1'))
    journal.write(entry)
    journal.close()
    expect(journalsIn(runsDir).map(readJournal)).toEqual([[entry]])
  })

  it('refuses on a full disk with one mend', () => {
    const journal = new Journal('/dev/full')
    expect(() => journal.write(entry)).toThrow(/^expected to write the journal \/dev\/full, got ENOSPC/)
    journal.close()
  })

  it('refuses where a folder cannot be made', () => {
    const dir = folder()
    writeFileSync(join(dir, '.journals'), '')
    expect(() => new Journal(journalPath(dir, 'r1'))).toThrow(/^expected to write the journal /)
  })

  it('finds none where nothing was ever run', () => {
    expect(journalsIn(join(folder(), 'runs'))).toEqual([])
  })
})
