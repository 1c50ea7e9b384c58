import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../bin/setup-lock.mjs'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'collaudo-lock-')), 'packages.lock')
})
afterEach(() => rmSync(dirname(folder), { recursive: true }))

const silent = (): void => {}

describe('withLock', () => {
  it('lets the second wait for the first and says for whom', async () => {
    const events: string[] = []
    let endFirst = silent
    const first = withLock(folder, { say: silent, work: () => new Promise<void>((resolve) => (endFirst = resolve)) })
    const say = (line: string): void => {
      events.push(line)
      endFirst()
    }
    const second = withLock(folder, { say, work: async () => events.push('second works') })
    await Promise.all([first.then(() => events.push('first ended')), second])
    expect(events).toEqual([
      `waiting for process ${process.pid}, which holds packages.lock…`,
      'first ended',
      'second works',
    ])
  })

  it('takes over from an owner that died', async () => {
    const dead = spawnSync(process.execPath, ['--version']).pid
    mkdirSync(folder)
    writeFileSync(join(folder, String(dead)), '')
    const owners = await withLock(folder, { say: silent, work: async () => readdirSync(folder) })
    expect(owners).toEqual([String(process.pid)])
  })

  it('is free again after work that failed, and leaves nothing', async () => {
    const work = (): Promise<never> => Promise.reject(new Error('no'))
    await expect(withLock(folder, { say: silent, work })).rejects.toThrow('no')
    expect(readdirSync(dirname(folder))).toEqual([])
  })
})
