import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Driver } from '../chaos/driver.ts'
import { type Encryption, Links } from '../chaos/drivers/twin/links.ts'
import { twinDriver } from '../chaos/drivers/twin/twin-driver.ts'
import type { TwinHandle } from '../chaos/drivers/twin/twin-handle.ts'
import { startFaultProxy } from '../chaos/proxy/fault-proxy.ts'
import { Journal, journalPath, readJournal } from '../chaos/restoring/journal.ts'
import { openState } from '../chaos/restoring/open-state.ts'
import { markOf, type ProcessMark } from '../chaos/restoring/process-mark.ts'
import type { Experiment } from '../model/experiment.ts'
import { Failure } from '../model/failure.ts'
import type { OpenOptions } from './open-target.ts'

export interface ChaosStageOptions {
  readonly experiment: Experiment
  readonly target: string
  /** Of the run. */
  readonly id: string
  readonly dir: string
  readonly runsDir: string
  readonly seed: number
  /** Goes with the run, also when it is killed. */
  readonly dataDir: string
}

/** Where an experiment is conducted: its journal, whoever ends what it can no longer end, and the proxy in every way. */
export interface ChaosStage {
  readonly journal: Pick<Journal, 'write'>
  /** How the target is opened, so that it can be broken. */
  readonly opening: Pick<OpenOptions, 'breakable'>
  /** Tells the journal of a process that must not outlive the run. */
  started(what: string, pid: number): void
  driverOf(twin: TwinHandle): Driver
  /** What is to be told in place of an error when a fault is still there; undefined when none is. */
  unrestored(error: unknown): Failure | undefined
  /** Nothing is left that somebody else would have to end. */
  close(): Promise<void>
}

/** What a platform needs to notice that a process is gone and to start it again: assumption. */
const restartAfterMs = 2000

/** Opens the journal first: from then on whatever is started and broken is ended, also when this process is killed. */
export const openChaosStage = async (options: ChaosStageOptions): Promise<ChaosStage> => {
  const { experiment, target, id, runsDir, seed, dir, dataDir } = options
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
    target,
    owner: ownMark(),
    atUnixMs: atUnixMs(),
  })
  journal.write({ kind: 'made', folder: dataDir, atUnixMs: atUnixMs() })
  const watchdog = startWatchdog(journal.path)
  started('watchdog', watchdog.pid ?? 0)
  const proxy = await startFaultProxy({ seed, effectsFile: `${dir}/effects.ndjson`, log: () => {} })
  started('fault proxy', proxy.pid)
  const encryption = await encryptionOf(experiment)
  const links = new Links(proxy, encryption)
  const caFile = encryption && join(dir, 'ca.pem')
  if (caFile) await writeFile(caFile, encryption.certificates.ca)
  const stillThere = () => openState(readJournal(journal.path)).injections.filter(({ id }) => !restored.has(id))
  return {
    journal: {
      write(entry) {
        if (entry.kind === 'restored') restored.add(entry.id)
        journal.write(entry)
      },
    },
    opening: {
      breakable: { via: links.via, replicas: experiment.replicas, restartAfterMs, ...(caFile && { caFile }) },
    },
    started,
    driverOf: (twin) => twinDriver(links, twin),
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
      await proxy.stop()
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

/** Certificates are made only where they are needed. */
const encryptionOf = async ({ encrypted }: Experiment): Promise<Encryption | undefined> => {
  if (encrypted.length === 0) return undefined
  const { makeCertificates } = await import('../chaos/proxy/certificates.ts')
  return { ways: encrypted, certificates: makeCertificates(Date.now()) }
}

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
    ['--disable-warning=ExperimentalWarning', '--max-old-space-size=64', main, journal],
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
