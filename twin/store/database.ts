import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { Durability } from './durability.ts'
import { storageError } from './storage-error.ts'

export interface DatabaseOptions {
  /** Makes its tables if they are not there. */
  readonly schema: string
  /** Hears of every piece of work that left no trace. */
  readonly onUndone?: () => void
  /** Each commit at once when absent. */
  readonly durability?: Durability | undefined
}

/** Another process of the system commits meanwhile. It is waited for in vain only when it hangs; then the queue waits on. */
const busyTimeoutMs = 50
/** Another process that starts at the same time may mend the log of one that crashed. */
const openTimeoutMs = 5000

/**
 * One SQLite file (WAL, `synchronous=FULL`: what is committed survives a power cut), shared by all processes of a system, and
 * the ways to break it. All calls are synchronous.
 */
export class Database {
  readonly sql: DatabaseSync
  /** How much longer each commit and each read is to take. Whoever commits and reads waits, so that the event loop does not. */
  delayMs = 0
  /** While it is, no commit begins: a process that is about to be frozen must not hold what the others need. */
  isResting = false
  #isReadOnly = false
  #isFull = false
  readonly #onUndone: () => void
  readonly #durability: Durability | undefined
  readonly #statements = new Map<string, StatementSync>()
  /** What made SQLite undo the whole transaction by itself. */
  #undoneBy: unknown

  constructor(path: string, { schema, onUndone = () => {}, durability }: DatabaseOptions) {
    this.#onUndone = onUndone
    this.#durability = durability
    this.#isReadOnly = isOnReadOnlyMount(path)
    this.sql = this.#isReadOnly ? openedToRead(path) : new DatabaseSync(path, { timeout: openTimeoutMs })
    this.sql.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8000;')
    this.sql.exec(
      `${schema} CREATE TABLE IF NOT EXISTS ballast (bytes BLOB NOT NULL) STRICT; PRAGMA busy_timeout = ${busyTimeoutMs}`,
    )
  }

  /** Runs `work` so that a throw leaves no trace of it. Nests. Belongs inside a commit. */
  atomic<T>(work: () => T): T {
    // Without a transaction around it, SAVEPOINT would open one of its own and make it durable.
    if (this.#undoneBy !== undefined) throw this.#undoneBy
    this.#run('SAVEPOINT work')
    try {
      const result = work()
      this.#run('RELEASE work')
      return result
    } catch (error) {
      if (this.sql.isTransaction) this.sql.exec('ROLLBACK TO work; RELEASE work')
      else this.#undoneBy ??= error
      this.#onUndone()
      throw error
    }
  }

  /** Runs `work` and makes all of it durable, or throws and keeps none. */
  commit(work: () => void): void {
    // Commits that are not durable yet.
    const isOpen = this.sql.isTransaction
    if (!isOpen) this.#run('BEGIN IMMEDIATE')
    this.#undoneBy = undefined
    try {
      const before = this.#changes()
      if (this.#durability) this.atomic(work)
      else work()
      if (this.#undoneBy !== undefined) throw this.#undoneBy
      if (this.#isFull && this.#changes() !== before) this.#demandSpace()
      if (!this.#durability?.isPutOff()) this.#run('COMMIT')
      else if (!isOpen) this.#durability.later(() => this.#makeDurable())
    } catch (error) {
      if (!isOpen && this.sql.isTransaction) this.#run('ROLLBACK')
      this.#onUndone()
      throw error
    }
  }

  /** Whether writing fails, and with what; for files beside the database. */
  refusal(): NodeJS.ErrnoException | undefined {
    if (this.#isReadOnly) return storageError('EROFS', 'read-only file system')
    return this.#isFull ? storageError('ENOSPC', 'no space left on device') : undefined
  }

  setReadOnly(isReadOnly: boolean): void {
    this.#isReadOnly = isReadOnly
    this.sql.exec(`PRAGMA query_only = ${isReadOnly ? 'ON' : 'OFF'}`)
  }

  /** A full disk: the file cannot grow, and the log of a commit finds no room. */
  setFull(isFull: boolean): void {
    this.#isFull = isFull
    const { page_count: pages } = Object(this.sql.prepare('PRAGMA page_count').get())
    this.sql.exec(`PRAGMA max_page_count = ${isFull ? pages : mostPages}`)
  }

  close(): void {
    this.#makeDurable()
    this.sql.close()
  }

  #makeDurable(): void {
    if (this.sql.isOpen && this.sql.isTransaction) this.#run('COMMIT')
  }

  /** More than all free pages of the file: SQLite has to make it grow, and cannot. */
  #demandSpace(): void {
    const { freelist_count: free } = Object(this.sql.prepare('PRAGMA freelist_count').get())
    const { page_size: pageBytes } = Object(this.sql.prepare('PRAGMA page_size').get())
    this.sql.prepare('INSERT INTO ballast VALUES (zeroblob(?))').run((Number(free) + 2) * Number(pageBytes))
  }

  #changes(): number {
    return this.#isFull ? Number(this.#statement('SELECT total_changes() AS changes').get()?.['changes']) : 0
  }

  #run(sql: string): void {
    this.#statement(sql).run()
  }

  #statement(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.sql.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

const isOnReadOnlyMount = (path: string): boolean => {
  try {
    accessSync(dirname(path), constants.W_OK)
    return false
  } catch (error) {
    return Object(error).code === 'EROFS'
  }
}

/** One that was closed has no log beside it, and SQLite cannot make one: it has to be told that nobody changes the file. */
const openedToRead = (path: string): DatabaseSync => {
  const url = pathToFileURL(resolve(path))
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true, timeout: openTimeoutMs })
}

/** What SQLite allows at most, and by itself. */
const mostPages = 4_294_967_294
