import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Database } from '../../twin/store/database.ts'
import { storageRefusal } from '../../twin/store/storage-error.ts'

const schema = 'CREATE TABLE IF NOT EXISTS thing (name TEXT NOT NULL) STRICT;'
const opened = (folder: string) => new Database(join(folder, 'things.sqlite'), { schema })
const add = (database: Database) => database.commit(() => void database.sql.exec("INSERT INTO thing VALUES ('a')"))

const folder = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'collaudo-mount-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

const refusalOf = (work: () => void): number | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    return storageRefusal(error)?.status
  }
}

test.each(['closed', 'killed'])(
  'a database that was %s is read on a mount that cannot be written, and says so',
  (how) => {
    const [mount, before] = [folder(), folder()]
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', mount])
    onTestFinished(() => void execFileSync('umount', ['-l', mount]))
    const database = opened(before)
    add(database)
    // A killed one leaves its log beside it.
    if (how === 'killed') cpSync(before, mount, { recursive: true })
    database.close()
    if (how === 'closed') cpSync(before, mount, { recursive: true })
    execFileSync('mount', ['-o', 'remount,ro', mount])
    const after = opened(mount)
    expect(after.sql.prepare('SELECT name FROM thing').all()).toEqual([{ name: 'a' }])
    expect([after.refusal()?.code, refusalOf(() => add(after))]).toEqual(['EROFS', 503])
    after.close()
  },
)
