import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from './source/files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collaudo-ci-'))
  mkdirSync(join(folder, '.ci'))
  mkdirSync(join(folder, 'fakes'))
  cpSync(join(root, '.ci', 'run'), join(folder, '.ci', 'run'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs the script with an npm whose `test` and `run test:servers` do as told, and a Node and a Go that are there. */
function runCi(test: string, servers: string, node = '20') {
  const programs = { npm: `case "$1" in test) ${test} ;; *) ${servers} ;; esac`, node: `echo ${node}`, go: 'true' }
  for (const [program, script] of Object.entries(programs)) {
    writeFileSync(join(folder, 'fakes', program), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }
  const env = { PATH: `${join(folder, 'fakes')}:/usr/bin:/bin` }
  const { status, stdout, stderr } = spawnSync(join(folder, '.ci', 'run'), { env, encoding: 'utf8' })
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1), stderr }
}

const servers = 'echo 1 passed, 0 failed, 0 skipped'

it('ends with the sum of both parts', () => {
  const ended = runCi('echo noise; echo 40 passed, 0 failed, 2 skipped', servers)
  expect(ended).toMatchObject({ status: 0, lastLine: '41 passed, 0 failed, 2 skipped' })
})

it.each([
  {
    part: 'a failed test',
    test: 'echo 3 passed, 2 failed, 0 skipped; exit 1',
    lastLine: '4 passed, 2 failed, 0 skipped',
  },
  {
    part: 'a bad end without a failed test',
    test: 'echo 3 passed, 0 failed, 1 skipped; exit 1',
    lastLine: '4 passed, 1 failed, 1 skipped',
  },
  { part: 'a part without a closing line', test: 'echo nothing', lastLine: '1 passed, 1 failed, 0 skipped' },
])('fails and runs the second part all the same after $part', ({ test, lastLine }) => {
  expect(runCi(test, servers)).toMatchObject({ status: 1, lastLine })
})

it('fails when only the second part fails', () => {
  const ended = runCi('echo 1 passed, 0 failed, 0 skipped', 'echo 0 passed, 1 failed, 0 skipped; exit 1')
  expect(ended).toMatchObject({ status: 1, lastLine: '1 passed, 1 failed, 0 skipped' })
})

it('says which Node it needs', () => {
  expect(runCi('true', 'true', '18')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('expected Node.js 20 or newer, got 18'),
  })
})
