import type { JournalEntry, JournalEntryOf } from './journal-entry.ts'

/** What a journal says is still there. */
export interface OpenState {
  readonly opened: JournalEntryOf<'opened'> | undefined
  readonly isClosed: boolean
  /** Injected, and not restored by anybody. */
  readonly injections: readonly JournalEntryOf<'injecting'>[]
  readonly processes: readonly JournalEntryOf<'started'>[]
  readonly folders: readonly string[]
  /** Runs whose containers, networks and volumes may be there. */
  readonly contained: readonly JournalEntryOf<'contained'>[]
}

export const openState = (entries: readonly JournalEntry[]): OpenState => {
  const of = <K extends JournalEntry['kind']>(kind: K) =>
    entries.filter((entry): entry is JournalEntryOf<K> => entry.kind === kind)
  const restored = new Set(of('restored').map(({ id }) => id))
  const removed = new Set(of('removed').map(({ run }) => run))
  return {
    opened: of('opened')[0],
    isClosed: of('closed').length > 0,
    injections: of('injecting').filter(({ id }) => !restored.has(id)),
    processes: of('started'),
    folders: of('made').map(({ folder }) => folder),
    contained: of('contained').filter(({ run }) => !removed.has(run)),
  }
}
