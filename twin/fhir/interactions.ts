import { isDeepStrictEqual } from 'node:util'
import { type Page, type ResourceStore, type Row, type Stored, stored } from '../store/resource-store.ts'
import { FhirError } from './fhir-error.ts'
import type { Change, Interference } from './interference.ts'
import { applyJsonPatch, type JsonPatch } from './json-patch.ts'
import type { Identified, Resource } from './resource.ts'
import { checkReferences, checkResource, checkTransition } from './rules.ts'
import { parseSearchQuery } from './search-query.ts'
import type { TypeDefinition, TypeDefinitions } from './type-definition.ts'

/** What interactions need of their surroundings. */
export interface Surroundings {
  readonly store: ResourceStore
  readonly types: TypeDefinitions
  readonly interference: Interference
  readonly now: () => number
  readonly newId: () => string
}

/** The answer of an interaction on one resource. `row` is absent after a delete. */
export interface Answer {
  readonly status: 200 | 201 | 204
  readonly row?: Row
}

/** An instance of a type, and the version it must have. */
export interface Address {
  readonly type: string
  readonly id: string
  readonly ifMatch?: string
}

/**
 * The interactions of one request (or of one entry of a batch), inside one atomic piece of work. `finish` is its last call.
 * Each throws a FhirError for the client.
 */
export class Interactions {
  readonly #with: Surroundings
  readonly #admit: (resource: Resource) => void
  readonly #changes: Change[] = []

  /** `admit` throws for a resource that must not be created. */
  constructor(surroundings: Surroundings, admit: (resource: Resource) => void) {
    this.#with = surroundings
    this.#admit = admit
  }

  read({ type, id }: Address): Answer {
    this.#definition(type)
    return { status: 200, row: this.#existing(type, id) }
  }

  search(type: string, search: string): Page {
    const { store, interference } = this.#with
    const query = parseSearchQuery(type, this.#definition(type), search)
    const rows = interference.search?.(type, query, store)
    return rows ? { rows } : store.search(type, query)
  }

  create(type: string, body: Resource, ifNoneExist?: string): Answer {
    checkType(type, body)
    const [same, another] = ifNoneExist === undefined ? [] : this.#matching(type, ifNoneExist)
    if (another)
      throw new FhirError(
        412,
        'multiple-matches',
        `expected at most one ${type} for If-None-Exist ${ifNoneExist}, got more`,
      )
    if (same) return { status: 200, row: same }
    this.#admit(body)
    return { status: 201, row: this.#save(this.#versioned(body, this.#with.newId(), 1), 'create') }
  }

  /** Update, or create with the client's id. An update that changes nothing does not move the version. */
  update({ type, id, ifMatch }: Address, body: Resource): Answer {
    checkType(type, body)
    if (body.id !== id) throw new FhirError(400, 'value', `expected id ${id} in the body as in the URL, got ${body.id}`)
    this.#definition(type)
    const row = this.#with.store.read(type, id)
    checkVersion(row, ifMatch)
    if (!row) return { status: 201, row: this.#save(this.#versioned(body, id, 1), 'update') }
    const previous = stored(row)
    return { status: 200, row: this.#change(previous, previous.resource, { body, by: 'update' }) }
  }

  patch({ type, id, ifMatch }: Address, patch: JsonPatch): Answer {
    this.#definition(type)
    const row = this.#existing(type, id)
    checkVersion(row, ifMatch)
    const previous = stored(row)
    const found = this.#with.interference.patched?.(previous.resource, patch) ?? previous.resource
    return { status: 200, row: this.#change(previous, found, { body: applyJsonPatch(patch, found), by: 'patch' }) }
  }

  /** Does not look for resources that refer to the deleted one. */
  remove({ type, id, ifMatch }: Address): Answer {
    this.#definition(type)
    const row = this.#with.store.read(type, id)
    checkVersion(row, ifMatch)
    if (row) this.#with.store.remove(stored(row))
    return { status: 204 }
  }

  /** Checks what only holds once all is written. */
  finish(isTransaction: boolean): void {
    const { store, types, interference } = this.#with
    for (const change of this.#changes) checkReferences(types, store, change)
    interference.done?.(this.#changes, store, isTransaction)
  }

  #change(
    previous: Stored,
    found: Resource,
    { body, by }: { readonly body: Resource; readonly by: Change['by'] },
  ): Row {
    const { versionId, lastUpdated } = found.meta ?? {}
    if (isDeepStrictEqual({ ...body, meta: { ...body.meta, versionId, lastUpdated } }, found)) return previous.row
    checkTransition(this.#definition(found.resourceType), found, body)
    return this.#save(this.#versioned(body, previous.row.id, previous.row.version + 1), by, previous)
  }

  #save(resource: Identified, by: Change['by'], previous?: Stored): Row {
    const { store } = this.#with
    const definition = this.#definition(resource.resourceType)
    checkResource(definition, resource)
    const row = store.write(resource, (previous?.row.version ?? 0) + 1, previous)
    this.#changes.push({ after: { row, resource }, by, ...(previous && { before: previous }) })
    return row
  }

  #versioned(body: Resource, id: string, version: number): Identified {
    const lastUpdated = new Date(this.#with.now()).toISOString()
    const { resourceType, id: _, meta, ...elements } = body
    return { resourceType, id, meta: { ...meta, versionId: String(version), lastUpdated }, ...elements }
  }

  #matching(type: string, search: string): readonly Row[] {
    const query = parseSearchQuery(type, this.#definition(type), search.replace(/^[^?]*\?/, ''))
    return this.#with.store.search(type, { ...query, count: 2 }).rows
  }

  #existing(type: string, id: string): Row {
    const row = this.#with.store.read(type, id)
    if (!row) throw new FhirError(404, 'not-found', `expected ${type}/${id} to exist, got nothing`)
    return row
  }

  #definition(type: string): TypeDefinition {
    const definition = Object.hasOwn(this.#with.types, type) ? this.#with.types[type] : undefined
    if (!definition)
      throw new FhirError(
        404,
        'not-supported',
        `expected one of ${Object.keys(this.#with.types).join(', ')}, got ${type}`,
      )
    return definition
  }
}

const checkType = (type: string, body: Resource): void => {
  if (body.resourceType !== type)
    throw new FhirError(400, 'value', `expected resourceType ${type}, got ${body.resourceType}`)
}

/** A version that is asked of a resource that does not exist is a lost race too, never a create. */
const checkVersion = (row: Row | undefined, ifMatch: string | undefined): void => {
  if (ifMatch === undefined) return
  const [, version] = /^(?:W\/)?"?([^"]+)"?$/.exec(ifMatch.trim()) ?? []
  if (row && version === String(row.version)) return
  throw new FhirError(
    412,
    'conflict',
    `expected version ${ifMatch}, got ${row ? `W/"${row.version}"` : 'no such resource'}`,
  )
}
