import type { SQLOutputValue, StatementSync } from 'node:sqlite'
import { FhirError } from '../fhir/fhir-error.ts'
import { compositeName, indexEntries, sortValue } from '../fhir/index-entries.ts'
import { type Identified, isIdentified, type Resource } from '../fhir/resource.ts'
import type { Cursor, SearchQuery } from '../fhir/search-query.ts'
import type { TypeDefinition, TypeDefinitions } from '../fhir/type-definition.ts'
import { Database } from './database.ts'
import type { Durability } from './durability.ts'
import { countSql, type Sql, searchSql } from './search-sql.ts'
import { WordIds } from './word-ids.ts'

/** A stored resource: its JSON text and what the store knows beside it. */
export interface Row {
  readonly key: number
  readonly type: string
  readonly id: string
  readonly version: number
  readonly body: string
}

/** A row and the resource that its body says. */
export interface Stored {
  readonly row: Row
  readonly resource: Identified
}

/** A page of a search; `next` is there when more follows. */
export interface Page {
  readonly rows: readonly Row[]
  readonly next?: Cursor
  /** How many there are, where only that was asked for. */
  readonly total?: number
}

const schema = `
  PRAGMA cache_size = -4000;
  CREATE TABLE IF NOT EXISTS resource (
    key INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, sort INTEGER NOT NULL,
    body TEXT NOT NULL, UNIQUE (type, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS word (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS token (
    parameter INTEGER NOT NULL, code TEXT NOT NULL, sort INTEGER NOT NULL, key INTEGER NOT NULL, system INTEGER NOT NULL,
    PRIMARY KEY (parameter, code, sort, key, system)
  ) STRICT, WITHOUT ROWID;`

/** The resource of a row. */
export const stored = (row: Row): Stored => {
  const resource: unknown = JSON.parse(row.body)
  if (isIdentified(resource)) return { row, resource }
  throw new TypeError(`expected a resource in the store for ${row.type}/${row.id}`)
}

/** Statements kept prepared; searches have few shapes, but a comma list of each length is one of its own. */
const maxStatements = 300

/** Resources and their search index. All calls are synchronous; writes belong inside `atomic` inside a commit of the `CommitQueue`. */
export class ResourceStore {
  readonly database: Database
  readonly #types: TypeDefinitions
  readonly #statements = new Map<string, StatementSync>()
  readonly #words: WordIds

  constructor(path: string, types: TypeDefinitions, durability?: Durability) {
    this.#types = types
    this.database = new Database(path, { schema, durability, onUndone: () => this.#words.forget() })
    this.#words = new WordIds(this.database.sql)
  }

  read(type: string, id: string): Row | undefined {
    const found = this.#statement('SELECT key, type, id, version, body FROM resource WHERE type = ? AND id = ?').get(
      type,
      id,
    )
    return found && rowOf(found)
  }

  search(type: string, query: SearchQuery): Page {
    const target = { type, definition: this.#definition(type), wordId: (word: string) => this.#words.find(word) }
    if (query.isCount) return { rows: [], total: this.#count(countSql(target, query)) }
    const statement = searchSql(target, query)
    const found = this.#statement(statement.text).all(...statement.values)
    const rows = found.slice(0, query.count)
    const last = rows.at(-1)
    const more = found.length > query.count && last
    return { rows: rows.map(rowOf), ...(more && { next: { sort: integer(last['sort']), key: integer(last['key']) } }) }
  }

  #count({ text, values }: Sql): number {
    return integer(this.#statement(text).get(...values)?.['total'])
  }

  /**
   * Stores a new resource, or the next version in place of `previous`. `resource` carries its id and meta.
   * Throws a FhirError 409 when another resource has a unique identifier of it.
   */
  write(resource: Identified, version: number, previous?: Stored): Row {
    const { resourceType: type, id } = resource
    const body = JSON.stringify(resource)
    const columns = { version, sort: sortValue(this.#definition(type), resource), body }
    const key = previous ? this.#replace(previous.row, columns) : this.#insert(resource, columns)
    const before = previous ? this.#lines(type, previous.resource) : new Map<string, Line>()
    const after = this.#lines(type, resource)
    for (const [name, line] of before) if (!after.has(name)) this.#unindex(line, key)
    for (const [name, line] of after) if (!before.has(name)) this.#index(line, key)
    return { key, type, id, version, body }
  }

  remove({ row, resource }: Stored): void {
    for (const line of this.#lines(row.type, resource).values()) this.#unindex(line, row.key)
    this.#run('DELETE FROM resource WHERE key = ?', row.key)
  }

  /** The first resource of a type created after `key`, or the first of all when there is none. */
  following(type: string, key: number): Row | undefined {
    const columns = 'SELECT key, type, id, version, body FROM resource WHERE type = ?'
    const found =
      this.#statement(`${columns} AND key > ? ORDER BY key LIMIT 1`).get(type, key) ??
      this.#statement(`${columns} ORDER BY key LIMIT 1`).get(type)
    return found && rowOf(found)
  }

  #insert(resource: Identified, { version, sort, body }: Columns): number {
    const insert = 'INSERT INTO resource (type, id, version, sort, body) VALUES (?, ?, ?, ?, ?)'
    return Number(this.#run(insert, resource.resourceType, resource.id, version, sort, body).lastInsertRowid)
  }

  #replace({ key }: Row, { version, sort, body }: Columns): number {
    this.#run('UPDATE resource SET version = ?, sort = ?, body = ? WHERE key = ?', version, sort, body, key)
    return key
  }

  #index({ parameter, code, sort, system, isUnique }: Line, key: number): void {
    if (isUnique) this.#checkFree({ parameter, code, system })
    const insert = 'INSERT INTO token (parameter, code, sort, key, system) VALUES (?, ?, ?, ?, ?)'
    this.#run(insert, parameter, code, sort, key, system)
  }

  #checkFree({ parameter, code, system }: Pick<Line, 'parameter' | 'code' | 'system'>): void {
    const select = 'SELECT key FROM token WHERE parameter = ? AND code = ? AND system = ?'
    if (!this.#statement(select).get(parameter, code, system)) return
    throw new FhirError(409, 'duplicate', `expected a new identifier, got ${code}, which another resource has`)
  }

  #unindex({ parameter, code, sort, system }: Line, key: number): void {
    const remove = 'DELETE FROM token WHERE parameter = ? AND code = ? AND sort = ? AND key = ? AND system = ?'
    this.#run(remove, parameter, code, sort, key, system)
  }

  #lines(type: string, resource: Resource): ReadonlyMap<string, Line> {
    const definition = this.#definition(type)
    const sort = sortValue(definition, resource)
    return new Map(
      indexEntries(definition, resource).map((entry) => {
        const parameter = this.#words.make(`${type}.${entry.parameter}`)
        const system = this.#words.make(entry.system)
        const code = entry.parameter === compositeName ? String(this.#words.make(entry.code)) : entry.code
        const isUnique = entry.parameter === definition.unique?.parameter && entry.system === definition.unique.system
        return [`${parameter} ${sort} ${system} ${code}`, { parameter, code, sort, system, isUnique }]
      }),
    )
  }

  #definition(type: string): TypeDefinition {
    const definition = this.#types[type]
    if (!definition) throw new Error(`expected a type of this system, got ${type}`)
    return definition
  }

  #run(sql: string, ...values: readonly (string | number)[]) {
    return this.#statement(sql).run(...values)
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.database.sql.prepare(sql)
    if (this.#statements.size < maxStatements) this.#statements.set(sql, statement)
    return statement
  }
}

interface Columns {
  readonly version: number
  readonly sort: number
  readonly body: string
}

interface Line {
  readonly parameter: number
  readonly code: string
  readonly sort: number
  readonly system: number
  readonly isUnique: boolean
}

type SqlRow = Readonly<Record<string, SQLOutputValue>>

const rowOf = (row: SqlRow): Row => ({
  key: integer(row['key']),
  type: text(row['type']),
  id: text(row['id']),
  version: integer(row['version']),
  body: text(row['body']),
})

const text = (value: SQLOutputValue | undefined): string => {
  if (typeof value === 'string') return value
  throw new TypeError(`expected text from the database, got ${typeof value}`)
}

const integer = (value: SQLOutputValue | undefined): number => {
  if (typeof value === 'number') return value
  throw new TypeError(`expected an integer from the database, got ${typeof value}`)
}
