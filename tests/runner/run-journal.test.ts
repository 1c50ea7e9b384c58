import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readJournal } from '../../chaos/restoring/journal.ts'
import { openState } from '../../chaos/restoring/open-state.ts'
import { signalProcess } from '../../chaos/restoring/process-mark.ts'
import { openRunJournal } from '../../runner/run-journal.ts'

const engine = 'unix:///nobody/docker.sock'

it('a journal stays open while containers may be there, and says so in place of the error', async () => {
  const runsDir = mkdtempSync(join(tmpdir(), 'collaudo-journal-'))
  onTestFinished(() => rmSync(runsDir, { recursive: true }))
  const journal = openRunJournal({ id: 'r1', runsDir, name: 'x', target: 'containers', dataDir: join(runsDir, 'twin') })
  const path = join(runsDir, '.journals', 'r1.ndjson')
  const state = () => openState(readJournal(path))
  onTestFinished(() => {
    for (const { process } of state().processes) signalProcess(process, 'SIGKILL')
  })
  journal.write({ kind: 'contained', run: 'r1', engine, atUnixMs: 0 })
  await journal.close()
  expect(state().isClosed).toBe(false)
  expect(journal.unrestored(new Error('the engine hung up'))).toMatchObject({
    kind: 'not-restored',
    message: `expected nothing of the run to be left, got containers on ${engine} still there; the engine hung up`,
  })
  journal.write({ kind: 'removed', run: 'r1', atUnixMs: 0 })
  expect(journal.unrestored(new Error('any'))).toBeUndefined()
  await journal.close()
  expect(state().isClosed).toBe(true)
})
