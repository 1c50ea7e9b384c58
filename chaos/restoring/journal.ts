import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '../../model/failure.ts'
import { type JournalEntry, journalEntrySchema } from './journal-entry.ts'

/** Journals lie together, so that they are found wherever a run's own folder was. */
const folderIn = (runsDir: string): string => join(runsDir, '.journals')

/** Where the journal of a run is. */
export const journalPath = (runsDir: string, run: string): string => join(folderIn(runsDir), `${run}.ndjson`)

/** Paths of all journals, oldest first. */
export const journalsIn = (runsDir: string): readonly string[] => {
  try {
    return readdirSync(folderIn(runsDir))
      .filter((name) => name.endsWith('.ndjson'))
      .sort()
      .map((name) => join(folderIn(runsDir), name))
  } catch {
    return []
  }
}

/** Appends to a journal. What `write` was given is on the disk when it returns. */
export class Journal {
  readonly path: string
  readonly #file: number

  /** Throws a usage Failure where the folder cannot be written. */
  constructor(path: string) {
    this.path = path
    this.#file = orRefuse(path, () => {
      mkdirSync(dirname(path), { recursive: true })
      const file = openSync(path, 'a')
      // A line that a crash has cut must not swallow the next one.
      if (isCut(path)) writeSync(file, '\n')
      return file
    })
  }

  /** Throws a usage Failure when there is no room: then nothing may be done that it was to tell of. */
  write(entry: JournalEntry): void {
    orRefuse(this.path, () => {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`)
      const written = writeSync(this.#file, line)
      if (written < line.length) throw new Error('ENOSPC: no space left on device, write')
      fsyncSync(this.#file)
    })
  }

  close(): void {
    closeSync(this.#file)
  }
}

const isCut = (path: string): boolean => {
  const { size } = statSync(path)
  if (size === 0) return false
  const file = openSync(path, 'r')
  const last = Buffer.alloc(1)
  readSync(file, last, 0, 1, size - 1)
  closeSync(file)
  return last.toString() !== '\n'
}

const orRefuse = <T>(path: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw new Failure(
      'usage',
      `expected to write the journal ${path}, got ${error instanceof Error ? error.message : error}`,
      'free some space, or start it where you may write: without a journal nothing is broken on purpose',
    )
  }
}

/** The entries of a journal. A last line that was cut short tells of nothing that was done. */
export const readJournal = (path: string): readonly JournalEntry[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const parsed = journalEntrySchema.safeParse(orUndefined(line))
      return parsed.success ? [parsed.data] : []
    })

const orUndefined = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
