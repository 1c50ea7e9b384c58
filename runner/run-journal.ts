import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { Journal, journalPath, readJournal } from '../chaos/restoring/journal.ts'
import type { JournalEntry } from '../chaos/restoring/journal-entry.ts'
import { openState } from '../chaos/restoring/open-state.ts'
import { markOf, type ProcessMark } from '../chaos/restoring/process-mark.ts'
import { programFile } from '../home/home.ts'
import { Failure } from '../model/failure.ts'

export interface RunJournalOptions {
  /** Of the run. */
  readonly id: string
  readonly runsDir: string
  /** The experiment, or the scenario where nothing is broken on purpose. */
  readonly name: string
  readonly target: string
  /** Goes with the run, also when it is killed. */
  readonly dataDir: string
}

/** What a run has made that must not outlive it, and whoever ends it when the run can no longer. */
export interface RunJournal {
  /** Throws a usage Failure when there is no room: then nothing may be done that it was to tell of. */
  write(entry: JournalEntry): void
  /** Tells of a process that must not outlive the run. */
  started(what: string, pid: number): void
  /** What is to be told in place of an error when a fault is still there; undefined when none is. */
  unrestored(error: unknown): Failure | undefined
  /** Nothing is left that somebody else would have to end. */
  close(): Promise<void>
}

/** From then on whatever is started and broken is ended, also when this process is killed. */
export const openRunJournal = ({ id, runsDir, name, target, dataDir }: RunJournalOptions): RunJournal => {
  const journal = new Journal(journalPath(runsDir, id))
  const atUnixMs = () => Date.now()
  const restored = new Set<string>()
  const started = (what: string, pid: number): void => {
    const process = markOf(pid)
    if (process) journal.write({ kind: 'started', what, process, atUnixMs: atUnixMs() })
  }
  const opened = { schemaVersion: 1, run: id, experiment: name, target, owner: ownMark() } as const
  journal.write({ kind: 'opened', ...opened, atUnixMs: atUnixMs() })
  journal.write({ kind: 'made', folder: dataDir, atUnixMs: atUnixMs() })
  const watchdog = startWatchdog(journal.path)
  started('watchdog', watchdog.pid ?? 0)
  const stillThere = (): readonly string[] => {
    const { injections, contained } = openState(readJournal(journal.path))
    const faults = injections.filter(({ id }) => !restored.has(id))
    return [
      ...faults.map(({ fault }) => `${fault.kind} on ${fault.component}`),
      ...contained.map(({ engine }) => `containers on ${engine}`),
    ]
  }
  return {
    write(entry) {
      if (entry.kind === 'restored') restored.add(entry.id)
      journal.write(entry)
    },
    started,
    unrestored(error) {
      const left = stillThere()
      if (left.length === 0) return undefined
      const message = error instanceof Error ? error.message : String(error)
      return new Failure(
        'not-restored',
        `expected nothing of the run to be left, got ${left.join(', ')} still there; ${message}`,
        restore,
      )
    },
    async close() {
      // What could not be ended stays open: whoever watches, or `restore`, tries again.
      if (stillThere().length > 0) return
      try {
        journal.write({ kind: 'closed', by: 'run', atUnixMs: atUnixMs() })
      } catch {
        // No room to say that nothing is left: nor is anything that somebody would have to read.
        rmSync(journal.path)
      }
      await endWatchdog(watchdog)
      journal.close()
    },
  }
}

const restore = 'run collaudo restore now'

const ownMark = (): ProcessMark => {
  const mark = markOf(process.pid)
  if (mark) return mark
  throw new Error(`expected to find the own process ${process.pid}, got none`)
}

/** It leaves by itself when the journal is closed. */
const startWatchdog = (journal: string): ChildProcess => {
  const main = programFile('chaos/restoring/watchdog-main.ts')
  // What ends an experiment on a cluster needs 42 MB of it; nothing else comes near.
  const args = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=128', main, journal]
  const watchdog = spawn(process.execPath, args, { detached: true, stdio: 'ignore' })
  watchdog.unref()
  return watchdog
}

/** Nobody has to wait until it looks again. */
const endWatchdog = async (watchdog: ChildProcess): Promise<void> => {
  if (watchdog.exitCode !== null || watchdog.signalCode !== null) return
  const ended = once(watchdog, 'exit')
  watchdog.ref()
  watchdog.kill('SIGTERM')
  await ended
}
