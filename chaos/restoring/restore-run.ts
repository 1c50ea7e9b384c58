import { rm } from 'node:fs/promises'
import { Journal, readJournal } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'
import { type OpenState, openState } from './open-state.ts'
import { isThere } from './process-mark.ts'
import { endProcess, type Sleep, undo } from './undo.ts'

/** What was found in one journal, and what became of it. */
export interface Restored {
  readonly run: string
  /** `running`: its owner lives and looks after it · `clean`: nothing was left · `restored` · `left`: something could not be ended. */
  readonly state: 'running' | 'clean' | 'restored' | 'left'
  readonly faults: number
  readonly processes: number
  /** Runs whose containers were looked for. */
  readonly contained: number
  /** What is still there; a sentence each. */
  readonly left: readonly string[]
}

export interface RestoreOptions {
  readonly by: 'watchdog' | 'restore'
  readonly now: () => number
  readonly sleep: Sleep
}

/**
 * Ends whatever a dead run has left: faults first, then its processes, then its folders. May be called again, and at the same time as
 * another: everything it does may be done twice.
 */
export const restoreRun = async (path: string, { by, now, sleep }: RestoreOptions): Promise<Restored> => {
  const { opened, isClosed, injections, processes, folders, contained } = openState(readJournal(path))
  const run = opened?.run ?? path
  const nothing = { run, faults: 0, processes: 0, contained: 0, left: [] }
  if (isClosed || !opened) return { ...nothing, state: 'clean' }
  if (isThere(opened.owner)) return { ...nothing, state: 'running' }
  const journal = new Journal(path)
  const note = (entry: JournalEntry): void => {
    try {
      journal.write(entry)
    } catch {
      // Without room for it the next one does it again, which does no harm.
    }
  }
  try {
    const left: string[] = []
    for (const { id, fault, undoings } of injections) {
      const reasons = (await Promise.all(undoings.map((one) => undo(one, sleep)))).filter((one) => one !== undefined)
      if (reasons.length === 0) note({ kind: 'restored', id, by, atUnixMs: now() })
      else left.push(`${fault.kind} on ${fault.component} (${reasons.join('; ')})`)
    }
    // Whoever watches is among them, and may be who does this.
    const alive = processes.filter((one) => one.process.pid !== process.pid && isThere(one.process))
    const ended = await Promise.all(alive.map((one) => endProcess(one.process, sleep)))
    left.push(...alive.filter((_, index) => !ended[index]).map((one) => `${one.what}, process ${one.process.pid}`))
    left.push(...(await removedContainers(contained)))
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
    if (left.length === 0) note({ kind: 'closed', by, atUnixMs: now() })
    const state = left.length > 0 ? 'left' : 'restored'
    return { run, state, faults: injections.length, processes: alive.length, contained: contained.length, left }
  } finally {
    journal.close()
  }
}

/** What is left of them, a sentence each. */
const removedContainers = async (contained: OpenState['contained']): Promise<readonly string[]> => {
  const left: string[] = []
  for (const { run, engine } of contained) {
    const { findEngine } = await import('../../containers/engine.ts')
    const { removeRun } = await import('../../containers/remove-run.ts')
    try {
      await removeRun(await findEngine(engine), run)
    } catch (error) {
      left.push(`containers of ${run} on ${engine}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return left
}
