import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Journal, journalPath, readJournal } from '../../../chaos/restoring/journal.ts'
import type { JournalEntry } from '../../../chaos/restoring/journal-entry.ts'
import { isThere, markOf, type ProcessMark, processState } from '../../../chaos/restoring/process-mark.ts'
import { restoreRun } from '../../../chaos/restoring/restore-run.ts'

const dead: ProcessMark = { pid: 2_000_000, startedAt: '1' }
let folder = ''
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collaudo-journal-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

/** A process that would go on for a minute. */
const bystander = async (): Promise<ProcessMark> => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000); console.log("here")'])
  children.push(child)
  await once(child.stdout, 'data')
  const mark = markOf(child.pid ?? 0)
  if (!mark) throw new Error('expected a process, got none')
  return mark
}

const opened = (owner: ProcessMark): JournalEntry => ({
  kind: 'opened',
  schemaVersion: 1,
  run: 'r1',
  experiment: 'slow-database',
  target: 'embedded',
  owner,
  atUnixMs: 0,
})

const injecting = (undoings: Extract<JournalEntry, { kind: 'injecting' }>['undoings']): JournalEntry => ({
  kind: 'injecting',
  id: 'f1',
  fault: { kind: 'freeze', component: 'recup' },
  undoings,
  deadlineUnixMs: 10,
  atUnixMs: 0,
})

const nowhere = 'unix:///nobody/docker.sock'

const journalOf = (...entries: readonly JournalEntry[]): string => {
  const journal = new Journal(journalPath(folder, 'r1'))
  for (const entry of entries) journal.write(entry)
  journal.close()
  return journal.path
}

const restore = (path: string) => restoreRun(path, { by: 'restore', now: () => 5, sleep })

describe('restoreRun', () => {
  it('lets a stopped process go on and ends what the run has started', async () => {
    const [frozen, proxy] = [await bystander(), await bystander()]
    process.kill(frozen.pid, 'SIGSTOP')
    const path = journalOf(
      opened(dead),
      { kind: 'started', what: 'fault proxy', process: proxy, atUnixMs: 0 },
      injecting([{ kind: 'continue', process: frozen }]),
    )
    expect(await restore(path)).toEqual({
      run: 'r1',
      state: 'restored',
      faults: 1,
      processes: 1,
      contained: 0,
      left: [],
    })
    expect(processState(frozen.pid)).not.toBe('T')
    expect([isThere(frozen), isThere(proxy)]).toEqual([true, false])
  })

  it('ends a process that is stopped', async () => {
    const frozen = await bystander()
    process.kill(frozen.pid, 'SIGSTOP')
    const path = journalOf(opened(dead), { kind: 'started', what: 'recup', process: frozen, atUnixMs: 0 })
    expect(await restore(path)).toMatchObject({ state: 'restored', processes: 1 })
    expect(isThere(frozen)).toBe(false)
  })

  it('says why an experiment on a cluster is still there, and leaves its journal open', async () => {
    const kubeconfig = join(folder, 'nowhere')
    const object = { kubeconfig, kind: 'NetworkChaos', namespace: 'shop', name: 'collaudo-r1-f1' } as const
    const path = journalOf(opened(dead), injecting([{ kind: 'delete', object }]))
    expect(await restore(path)).toMatchObject({
      state: 'left',
      left: [
        expect.stringMatching(/^freeze on recup \(expected a kubeconfig in .*nowhere, got .*ENOENT.*: set KUBECONFIG/),
      ],
    })
    expect(readJournal(path).map(({ kind }) => kind)).toEqual(['opened', 'injecting'])
  })

  it('leaves the journal of containers open whose engine cannot be reached: it was that one, whatever is there now', async () => {
    const path = journalOf(
      opened(dead),
      { kind: 'contained', run: 'r1', engine: nowhere, atUnixMs: 0 },
      injecting([{ kind: 'unpause', container: 'c1', engine: nowhere }]),
    )
    const reason = 'expected a Docker engine, got no /nobody/docker.sock'
    expect(await restore(path)).toMatchObject({
      state: 'left',
      left: [
        expect.stringContaining(`freeze on recup (container c1: ${reason}`),
        expect.stringContaining(`containers of r1 on ${nowhere}: ${reason}`),
      ],
    })
    expect(readJournal(path).map(({ kind }) => kind)).toEqual(['opened', 'contained', 'injecting'])
  })

  it('has nothing to do for containers that were removed', async () => {
    const path = journalOf(
      opened(dead),
      { kind: 'contained', run: 'r1', engine: nowhere, atUnixMs: 0 },
      { kind: 'removed', run: 'r1', atUnixMs: 0 },
    )
    expect(await restore(path)).toMatchObject({ state: 'restored', contained: 0 })
  })

  it('finds nothing to do the second time', async () => {
    const path = journalOf(opened(dead), injecting([{ kind: 'continue', process: dead }]))
    expect(await restore(path)).toMatchObject({ state: 'restored', faults: 1 })
    expect(await restore(path)).toMatchObject({ state: 'clean', faults: 0 })
    expect(readJournal(path).map(({ kind }) => kind)).toEqual(['opened', 'injecting', 'restored', 'closed'])
  })

  it('leaves a run alone that goes on', async () => {
    const own = markOf(process.pid) ?? dead
    const path = journalOf(opened(own), injecting([{ kind: 'end', process: own }]))
    expect(await restore(path)).toMatchObject({ state: 'running', faults: 0 })
  })

  it('touches no other process that has the number of one that is gone', async () => {
    const innocent = await bystander()
    const path = journalOf(opened(dead), injecting([{ kind: 'end', process: { ...innocent, startedAt: 'earlier' } }]))
    expect(await restore(path)).toMatchObject({ state: 'restored' })
    expect(isThere(innocent)).toBe(true)
  })

  it('removes the folders that were made for the run', async () => {
    const made = join(folder, 'twin')
    mkdirSync(made)
    await restore(journalOf(opened(dead), { kind: 'made', folder: made, atUnixMs: 0 }))
    expect(existsSync(made)).toBe(false)
  })

  it('passes over a last line that a crash has cut', async () => {
    const path = journalOf(opened(dead))
    writeFileSync(path, '{"kind":"injecting","id":"f2","fau', { flag: 'a' })
    expect(await restore(path)).toMatchObject({ state: 'restored', faults: 0 })
    // What was written after it can be read.
    expect(await restore(path)).toMatchObject({ state: 'clean' })
  })
})
