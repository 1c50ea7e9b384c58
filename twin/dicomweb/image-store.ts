import { existsSync, mkdirSync } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { Database } from '../store/database.ts'
import type { Durability } from '../store/durability.ts'
import { storageError } from '../store/storage-error.ts'

/** What is indexed of an image. */
export interface ImageIndex {
  readonly study: string
  readonly series: string
  readonly instance: string
  readonly sopClass: string
  readonly modality: string
  readonly number: string
  readonly seriesNumber: string
  readonly patient: string
  readonly patientName: string
  readonly accession: string
  readonly date: string
}

/** Where the bytes of an image are. */
export interface StoredImage {
  readonly instance: string
  readonly series: string
  readonly file: string
  readonly offset: number
  readonly sizeBytes: number
}

/** A study or a series as it is found: its indexed values and its counts. */
export type Found = Readonly<Record<string, string | number>>

const schema = `
PRAGMA cache_size = -8000;
CREATE TABLE IF NOT EXISTS study (uid TEXT PRIMARY KEY, patient TEXT, patientName TEXT, accession TEXT, date TEXT,
  modality TEXT, series INTEGER DEFAULT 0, instances INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS study_patient ON study (patient);
CREATE INDEX IF NOT EXISTS study_name ON study (patientName);
CREATE INDEX IF NOT EXISTS study_accession ON study (accession);
CREATE INDEX IF NOT EXISTS study_modality ON study (modality, date);
CREATE TABLE IF NOT EXISTS series (uid TEXT PRIMARY KEY, study TEXT, modality TEXT, number TEXT, instances INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS series_study ON series (study);
CREATE TABLE IF NOT EXISTS instance (uid TEXT PRIMARY KEY, study TEXT, series TEXT, sopClass TEXT, number TEXT, file TEXT,
  at INTEGER, size INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS instance_series ON instance (study, series);
CREATE INDEX IF NOT EXISTS instance_file ON instance (file);
`

/**
 * Images: their index in one SQLite file, their bytes in files, one for each request that brought some. What is committed
 * survives a power cut. Writes of the index belong inside a commit of the `CommitQueue`.
 */
export class ImageStore {
  readonly database: Database
  readonly #dir: string
  readonly #statements = new Map<string, StatementSync>()

  constructor(indexFile: string, dir: string, durability?: Durability) {
    if (!existsSync(dir)) mkdirSync(dir)
    this.#dir = dir
    this.database = new Database(indexFile, { schema, durability })
  }

  /** Writes bytes into a file of their own; resolves when they and the file's name are on the disk. Leaves none when it cannot. */
  async keep(name: string, pieces: readonly Uint8Array[]): Promise<void> {
    const path = join(this.#dir, name)
    let file: FileHandle | undefined
    const refusal = this.database.refusal()
    if (refusal) throw refusal
    try {
      file = await open(path, 'wx')
      const { bytesWritten } = await file.writev(pieces as Uint8Array[])
      const wanted = pieces.reduce((sum, { length }) => sum + length, 0)
      // A disk that fills up takes a part, without an error.
      if (bytesWritten < wanted) throw storageError('ENOSPC', `expected room for ${wanted} bytes, got ${bytesWritten}`)
      await file.sync()
      await file.close()
      const folder = await open(this.#dir)
      await folder.sync()
      await folder.close()
    } catch (error) {
      await file?.close().catch(() => {})
      await rm(path, { force: true })
      throw error
    }
  }

  async discard(names: readonly string[]): Promise<void> {
    for (const name of names) await rm(join(this.#dir, name), { force: true })
  }

  /** The bytes of an image, or the first of them. */
  async read({ file, offset, sizeBytes }: StoredImage, mostBytes = sizeBytes): Promise<Uint8Array<ArrayBuffer>> {
    const handle = await open(join(this.#dir, file))
    try {
      const bytes = new Uint8Array(Math.min(sizeBytes, mostBytes))
      await handle.read(bytes, 0, bytes.length, offset)
      return bytes
    } finally {
      await handle.close()
    }
  }

  /** Indexes an image; false for one that is known already: what was stored first stays. */
  add(image: ImageIndex, place: Pick<StoredImage, 'file' | 'offset' | 'sizeBytes'>): boolean {
    const { study, series, instance, sopClass, number } = image
    const added = this.#run('INSERT OR IGNORE INTO instance VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      instance,
      study,
      series,
      sopClass,
      number,
      place.file,
      place.offset,
      place.sizeBytes,
    ])
    if (added === 0) return false
    this.#run(
      'INSERT OR IGNORE INTO study (uid, patient, patientName, accession, date, modality) VALUES (?, ?, ?, ?, ?, ?)',
      [study, image.patient, image.patientName, image.accession, image.date, image.modality],
    )
    const isNewSeries = this.#run('INSERT OR IGNORE INTO series (uid, study, modality, number) VALUES (?, ?, ?, ?)', [
      series,
      study,
      image.modality,
      image.seriesNumber,
    ])
    this.#run('UPDATE series SET instances = instances + 1 WHERE uid = ?', [series])
    this.#run('UPDATE study SET instances = instances + 1, series = series + ? WHERE uid = ?', [isNewSeries, study])
    return true
  }

  /** `where`: columns of the study and the values they must have. Newest first. */
  studies(where: Readonly<Record<string, string>>, page: { limit: number; offset: number }): readonly Found[] {
    const columns = Object.keys(where)
    const condition = columns.length === 0 ? '' : `WHERE ${columns.map((column) => `${column} = ?`).join(' AND ')}`
    return this.#all(`SELECT * FROM study ${condition} ORDER BY rowid DESC LIMIT ? OFFSET ?`, [
      ...Object.values(where),
      page.limit,
      page.offset,
    ])
  }

  series(study: string): readonly Found[] {
    return this.#all('SELECT * FROM series WHERE study = ? ORDER BY rowid', [study])
  }

  /** Images of a study, of one of its series, or one of them. */
  instances(of: {
    readonly study: string
    readonly series?: string | undefined
    readonly instance?: string | undefined
  }): readonly StoredImage[] {
    const wanted = [of.study, of.series, of.instance].filter((value) => value !== undefined)
    const condition = ['study = ?', of.series && 'series = ?', of.instance && 'uid = ?'].filter(Boolean).join(' AND ')
    const found = this.#all(`SELECT * FROM instance WHERE ${condition} ORDER BY series, uid`, wanted)
    return found.map(({ uid, series, file, at, size }) => ({
      instance: String(uid),
      series: String(series),
      file: String(file),
      offset: Number(at),
      sizeBytes: Number(size),
    }))
  }

  /** Forgets a study; resolves to the files that nothing refers to any more. */
  remove(study: string): readonly string[] {
    const files = this.#all('SELECT DISTINCT file FROM instance WHERE study = ?', [study]).map(({ file }) =>
      String(file),
    )
    this.#run('DELETE FROM instance WHERE study = ?', [study])
    this.#run('DELETE FROM series WHERE study = ?', [study])
    this.#run('DELETE FROM study WHERE uid = ?', [study])
    return files.filter(
      (file) => this.#all('SELECT 1 AS used FROM instance WHERE file = ? LIMIT 1', [file]).length === 0,
    )
  }

  #statement(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? this.database.sql.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #run(sql: string, values: readonly SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes)
  }

  #all(sql: string, values: readonly SQLInputValue[]): readonly Found[] {
    return this.#statement(sql).all(...values) as unknown as readonly Found[]
  }
}
