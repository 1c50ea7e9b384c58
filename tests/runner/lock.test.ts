import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lockTarget } from '../../runner/lock.ts'

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-lock-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

test('a target is held by one run at a time, and is free again after it', async () => {
  const dir = join(folder(), 'runs')
  const unlock = await lockTarget(dir, 'staging')
  await expect(lockTarget(dir, 'staging')).rejects.toMatchObject({
    kind: 'refused',
    message: `expected no other run on staging, got one in process ${process.pid}`,
  })
  const unlockOther = await lockTarget(dir, 'another')
  await unlock()
  await unlockOther()
  expect(readdirSync(dir)).toEqual([])
  await (await lockTarget(dir, 'staging'))()
})

test('of many at once exactly one gets the target', async () => {
  const dir = folder()
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockTarget(dir, 'staging')))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test.each([
  ['a process that is gone', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
  ['nobody: it was cut while it was written', () => ''],
])('the lock of %s does not count', async (_, holder) => {
  const dir = folder()
  writeFileSync(join(dir, '.lock-staging'), holder())
  await expect(lockTarget(dir, 'staging')).resolves.toBeTypeOf('function')
})
