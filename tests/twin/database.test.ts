import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CommitQueue } from '../../twin/store/commit-queue.ts'
import { Database } from '../../twin/store/database.ts'
import { storageRefusal } from '../../twin/store/storage-error.ts'
import { folder } from './test-twin.ts'

const schema = 'CREATE TABLE IF NOT EXISTS thing (name TEXT NOT NULL) STRICT;'

const opened = (path = join(folder(), 'things.sqlite')) => {
  const database = new Database(path, { schema })
  const queue = new CommitQueue(database)
  const add = (name: string) => database.sql.prepare('INSERT INTO thing VALUES (?)').run(name)
  return {
    path,
    database,
    write: (name: string) => queue.run(() => void add(name)),
    lengths: () =>
      database.sql
        .prepare('SELECT length(name) AS length FROM thing')
        .all()
        .map(({ length }) => length),
  }
}

const statusOf = (result: PromiseSettledResult<unknown>) =>
  result.status === 'fulfilled' ? 'kept' : storageRefusal(result.reason)?.status

describe('a database', () => {
  it('whose disk fills up in the middle of a commit keeps nothing of it, and goes on when there is room', async () => {
    const { database, write, lengths } = opened()
    await write('before')
    database.setFull(true)
    const results = await Promise.allSettled([write('a'), write('b'.repeat(100_000)), write('c')])
    expect([results.map(statusOf), lengths()]).toEqual([[507, 507, 507], [6]])
    expect(statusOf((await Promise.allSettled([write('a')]))[0])).toBe(507)
    database.setFull(false)
    await write('after')
    expect(lengths()).toEqual([6, 5])
    database.close()
  })

  it('that only reads refuses writes, and reads on', async () => {
    const { database, write, lengths } = opened()
    await write('before')
    database.setReadOnly(true)
    expect(statusOf((await Promise.allSettled([write('a')]))[0])).toBe(503)
    expect(lengths()).toEqual([6])
    database.setReadOnly(false)
    await write('a')
    expect(lengths()).toEqual([6, 1])
    database.close()
  })

  it('that another process holds is waited for, and the event loop lives on', async () => {
    const { path, database, write, lengths } = opened()
    const other = opened(path)
    other.database.sql.exec('BEGIN IMMEDIATE')
    let isWritten = false
    const writing = write('late').then(() => {
      isWritten = true
    })
    for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isWritten).toBe(false)
    other.database.sql.exec('ROLLBACK')
    await writing
    expect(lengths()).toEqual([4])
    other.database.close()
    database.close()
  })
})
