import type { Row } from '../store/resource-store.ts'
import { FhirError, fhirErrorOf, operationOutcome } from './fhir-error.ts'
import { type Answer, Interactions, type Surroundings } from './interactions.ts'
import { parseJsonPatch } from './json-patch.ts'
import { isRecord, isResource, type Resource } from './resource.ts'
import { searchset } from './searchset.ts'

/** An entry of a transaction or batch, as a request. */
interface Entry {
  readonly method: string
  readonly type: string
  readonly id: string | undefined
  readonly search: string
  readonly ifMatch: string | undefined
  readonly ifNoneExist: string | undefined
  readonly resource: unknown
}

/** How a bundle is to be answered. */
export interface BundleRequest {
  readonly base: string
  readonly isMinimal: boolean
  readonly admit: (resource: Resource) => void
}

type BundleBody = Resource & { readonly type: 'transaction' | 'batch'; readonly entry?: unknown }

/** Throws a FhirError 400 when the body is no transaction or batch. */
export const parseBundle = (body: Resource): BundleBody => {
  const type = body['type']
  if (body.resourceType === 'Bundle' && (type === 'transaction' || type === 'batch')) return { ...body, type }
  throw new FhirError(
    400,
    'value',
    `expected a Bundle of type transaction or batch, got ${body.resourceType} ${type ?? ''}`,
  )
}

/** The resources that a bundle asks to create by POST. */
export const createdBy = (bundle: BundleBody): readonly Resource[] =>
  rawEntries(bundle).flatMap((raw) => {
    const request = isRecord(raw) && isRecord(raw['request']) ? raw['request'] : {}
    const resource = isRecord(raw) ? raw['resource'] : undefined
    return request['method'] === 'POST' && isResource(resource) ? [resource] : []
  })

/**
 * The answer to a bundle as JSON. A transaction throws the FhirError of its first failing entry, and then nothing of it may
 * be kept; in a batch each entry stands alone.
 */
export const processBundle = (bundle: BundleBody, surroundings: Surroundings, request: BundleRequest): string => {
  const raw = rawEntries(bundle)
  const entries =
    bundle.type === 'transaction' ? transaction(raw, surroundings, request) : batch(raw, surroundings, request)
  return `{"resourceType":"Bundle","type":"${bundle.type}-response","entry":[${entries.join(',')}]}`
}

/** FHIR R4 §3.1.0.11.2: deletes, creates, updates and patches, then reads. */
const rank: Readonly<Record<string, number>> = { DELETE: 0, POST: 1, PUT: 2, PATCH: 2, GET: 3 }

const transaction = (
  raw: readonly unknown[],
  surroundings: Surroundings,
  request: BundleRequest,
): readonly string[] => {
  const entries = raw.map(parseEntry)
  checkDistinct(entries)
  const interactions = new Interactions(surroundings, request.admit)
  const order = [...entries.keys()].toSorted(
    (a, b) => (rank[entries[a]?.method ?? ''] ?? 0) - (rank[entries[b]?.method ?? ''] ?? 0),
  )
  const answers: string[] = []
  for (const index of order) {
    const entry = entries[index]
    if (entry) answers[index] = execute(interactions, entry, request)
  }
  interactions.finish(true)
  return answers
}

const batch = (raw: readonly unknown[], surroundings: Surroundings, request: BundleRequest): readonly string[] =>
  raw.map((one, index) => {
    try {
      return surroundings.store.database.atomic(() => {
        const interactions = new Interactions(surroundings, request.admit)
        const answer = execute(interactions, parseEntry(one, index), request)
        interactions.finish(false)
        return answer
      })
    } catch (error) {
      if (!(error instanceof FhirError)) throw error
      const { status, code, message } = fhirErrorOf(error)
      return `{"response":{"status":"${status}","outcome":${operationOutcome(code, message)}}}`
    }
  })

const execute = (interactions: Interactions, entry: Entry, request: BundleRequest): string => {
  if (entry.method === 'GET' && entry.id === undefined) {
    const page = interactions.search(entry.type, entry.search)
    return `{"response":{"status":"200 OK"},"resource":${searchset(page, { ...request, ...entry })}}`
  }
  const answer = interact(interactions, entry)
  return `{"response":${responseOf(answer)}${withResource(answer, entry, request) ? `,"resource":${answer.row?.body}` : ''}}`
}

const withResource = ({ row }: Answer, { method }: Entry, { isMinimal }: BundleRequest): boolean =>
  row !== undefined && (method === 'GET' || !isMinimal)

const interact = (interactions: Interactions, entry: Entry): Answer => {
  const { method, type, id, ifMatch } = entry
  if (method === 'POST' && id === undefined) return interactions.create(type, resourceOf(entry), entry.ifNoneExist)
  const address = id === undefined ? undefined : { type, id, ...(ifMatch !== undefined && { ifMatch }) }
  if (address && method === 'GET') return interactions.read(address)
  if (address && method === 'PUT') return interactions.update(address, resourceOf(entry))
  if (address && method === 'PATCH') return interactions.patch(address, parseJsonPatch(binaryPatch(entry)))
  if (address && method === 'DELETE') return interactions.remove(address)
  throw new FhirError(
    400,
    'not-supported',
    `expected create, read, search, update, patch or delete, got ${method} ${type}/${id ?? ''}`,
  )
}

const statusTexts = { 200: '200 OK', 201: '201 Created', 204: '204 No Content' } as const

const responseOf = ({ status, row }: Answer): string =>
  JSON.stringify({ status: statusTexts[status], ...(row && { location: versionedPath(row), etag: etag(row) }) })

/** `Type/id/_history/version`. */
export const versionedPath = (row: Row): string => `${row.type}/${row.id}/_history/${row.version}`
export const etag = (row: Row): string => `W/"${row.version}"`

const rawEntries = (bundle: BundleBody): readonly unknown[] => {
  const { entry = [] } = bundle
  if (Array.isArray(entry)) return entry
  throw new FhirError(400, 'structure', 'expected Bundle.entry to be an array')
}

const parseEntry = (raw: unknown, index: number): Entry => {
  const request = isRecord(raw) && isRecord(raw['request']) ? raw['request'] : {}
  const { method, url, ifMatch, ifNoneExist } = request
  const [path = '', search = ''] = typeof url === 'string' ? url.split(/\?(.*)/s) : []
  const [type = '', id, ...rest] = path.replace(/^\//, '').split('/')
  if (typeof method !== 'string' || type === '' || rest.length > 0) {
    throw new FhirError(
      400,
      'structure',
      `Bundle.entry[${index}]: expected request.method and a relative request.url, got ${method} ${url}`,
    )
  }
  return {
    method,
    type,
    id,
    search,
    ifMatch: typeof ifMatch === 'string' ? ifMatch : undefined,
    ifNoneExist: typeof ifNoneExist === 'string' ? ifNoneExist : undefined,
    resource: isRecord(raw) ? raw['resource'] : undefined,
  }
}

/** FHIR R4: the identities of a transaction's writes must not overlap. */
const checkDistinct = (entries: readonly Entry[]): void => {
  const seen = new Set<string>()
  for (const { method, type, id } of entries) {
    if (id === undefined || method === 'GET') continue
    const name = `${type}/${id}`
    if (seen.has(name)) throw new FhirError(400, 'invalid', `expected one write of ${name} in a transaction, got more`)
    seen.add(name)
  }
}

const resourceOf = ({ method, type, resource }: Entry): Resource => {
  if (isResource(resource)) return resource
  throw new FhirError(400, 'structure', `expected a resource in the entry ${method} ${type}`)
}

const binaryPatch = ({ type, id, resource }: Entry): unknown => {
  const { resourceType, contentType, data } = isRecord(resource) ? resource : {}
  if (resourceType !== 'Binary' || contentType !== 'application/json-patch+json' || typeof data !== 'string') {
    throw new FhirError(
      400,
      'structure',
      `expected a Binary of application/json-patch+json in the entry PATCH ${type}/${id}`,
    )
  }
  try {
    return JSON.parse(Buffer.from(data, 'base64').toString())
  } catch {
    throw new FhirError(400, 'structure', `expected JSON in base64 in the Binary of PATCH ${type}/${id}`)
  }
}
