import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Driver } from '../chaos/driver.ts'
import { Journal, journalPath, readJournal } from '../chaos/restoring/journal.ts'
import { openState } from '../chaos/restoring/open-state.ts'
import { markOf, type ProcessMark } from '../chaos/restoring/process-mark.ts'
import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { Target } from '../model/target.ts'
import type { Twin } from '../twin/twin.ts'
import type { Breaking } from './breaking.ts'
import type { OpenOptions } from './open-target.ts'
import type { EmbeddedTarget } from './read-target.ts'
import { twinBreaking } from './twin-breaking.ts'

export interface ChaosStageOptions {
  readonly experiment: Experiment
  readonly target: Target | EmbeddedTarget
  /** Of the run. */
  readonly id: string
  readonly dir: string
  readonly runsDir: string
  readonly seed: number
  /** Goes with the run, also when it is killed. */
  readonly dataDir: string
  readonly tell: (text: string) => void
}

/** Where an experiment is conducted: its journal, whoever ends what it can no longer end, and what breaks its target. */
export interface ChaosStage {
  readonly journal: Pick<Journal, 'write'>
  /** How the target is opened, so that it can be broken. */
  readonly opening: Pick<OpenOptions, 'breakable'>
  /** Tells the journal of a process that must not outlive the run. */
  started(what: string, pid: number): void
  driverOf(twin: Twin | undefined): Driver
  /** What is to be told in place of an error when a fault is still there; undefined when none is. */
  unrestored(error: unknown): Failure | undefined
  /** Nothing is left that somebody else would have to end. */
  close(): Promise<void>
}

/**
 * Opens the journal before anything is started or broken: from then on it is ended, also when this process is killed. Throws a Failure where the
 * target cannot be broken: then nothing was changed.
 */
export const openChaosStage = async (options: ChaosStageOptions): Promise<ChaosStage> => {
  const { target } = options
  if (!('chaosMesh' in target && target.chaosMesh)) return openStage(options, twinBreaking)
  const { clusterBreaking } = await import('./cluster-breaking.ts')
  const cluster = await clusterBreaking({ ...options, run: options.id, target: target.chaosMesh })
  try {
    return await openStage(options, async () => cluster)
  } catch (error) {
    await cluster.close()
    throw error
  }
}

type Started = Parameters<typeof twinBreaking>[0]

const openStage = async (
  options: ChaosStageOptions,
  breakingOf: (started: Started) => Promise<Breaking>,
): Promise<ChaosStage> => {
  const { experiment, target, id, runsDir, dataDir } = options
  const journal = new Journal(journalPath(runsDir, id))
  const atUnixMs = () => Date.now()
  const restored = new Set<string>()
  const started = (what: string, pid: number): void => {
    const process = markOf(pid)
    if (process) journal.write({ kind: 'started', what, process, atUnixMs: atUnixMs() })
  }
  journal.write({
    kind: 'opened',
    schemaVersion: 1,
    run: id,
    experiment: experiment.name,
    target: target.name,
    owner: ownMark(),
    atUnixMs: atUnixMs(),
  })
  journal.write({ kind: 'made', folder: dataDir, atUnixMs: atUnixMs() })
  const watchdog = startWatchdog(journal.path)
  started('watchdog', watchdog.pid ?? 0)
  const breaking = await breakingOf({ ...options, started })
  const stillThere = () => openState(readJournal(journal.path)).injections.filter(({ id }) => !restored.has(id))
  return {
    journal: {
      write(entry) {
        if (entry.kind === 'restored') restored.add(entry.id)
        journal.write(entry)
      },
    },
    opening: breaking.opening,
    started,
    driverOf: (twin) => breaking.driverOf(twin),
    unrestored(error) {
      const left = stillThere()
      if (left.length === 0) return undefined
      const what = left.map(({ fault }) => `${fault.kind} on ${fault.component}`).join(', ')
      const message = error instanceof Error ? error.message : String(error)
      return new Failure(
        'not-restored',
        `expected every fault to be ended, got ${what} still there; ${message}`,
        restore,
      )
    },
    async close() {
      await breaking.close()
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
  const main = fileURLToPath(new URL('../chaos/restoring/watchdog-main.ts', import.meta.url))
  const watchdog = spawn(
    process.execPath,
    // What ends an experiment on a cluster needs 42 MB of it; nothing else comes near.
    ['--disable-warning=ExperimentalWarning', '--max-old-space-size=128', main, journal],
    {
      detached: true,
      stdio: 'ignore',
    },
  )
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
