import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { logsIn } from '../../containers/log-files.ts'

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-logs-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

it('what containers say is kept, a file each, and nothing is made for those that are silent', () => {
  const dir = folder()
  const logOf = logsIn(dir)
  expect(existsSync(join(dir, 'logs'))).toBe(false)
  const [recup, emergency] = [logOf('recup'), logOf('emergency')]
  recup('up')
  emergency('up too')
  // The next container in its place goes on in the same file.
  logOf('recup')('up again')
  expect(readFileSync(join(dir, 'logs', 'recup.log'), 'utf8')).toBe('up\nup again\n')
  expect(readFileSync(join(dir, 'logs', 'emergency.log'), 'utf8')).toBe('up too\n')
})

it('one that talks without end fills no disk', () => {
  const dir = folder()
  const log = logsIn(dir)('recup')
  for (let line = 0; line < 2000; line++) log('x'.repeat(1000))
  expect(statSync(join(dir, 'logs', 'recup.log')).size).toBeLessThan(1_100_000)
})

it('a last line that comes when the folder is gone neither makes it again nor ends the run', () => {
  const dir = join(folder(), 'run')
  mkdirSync(dir)
  const log = logsIn(dir)('recup')
  log('up')
  rmSync(dir, { recursive: true })
  log('down')
  logsIn(dir)('emergency')('down too')
  expect(existsSync(dir)).toBe(false)
})
