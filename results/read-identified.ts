import { createHash } from 'node:crypto'
import type {
  Appointment,
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  FhirResource,
  Observation,
  ServiceRequest,
} from 'fhir/r4.js'
import { secondStayIdentifier, systems } from '../generators/fhir/naming.ts'
import { referencedId } from '../generators/fhir/references.ts'
import type { WriteKind } from '../model/outcome.ts'
import type { ImageSystemName, SystemName } from '../model/system.ts'
import { isOfImages } from './image-kinds.ts'
import type { FinalWrite } from './ledger.ts'
import { type Searcher, searchValues, withSystem } from './search-values.ts'

/** A resource that is stored of a write. */
export interface StoredResource {
  /** `Type/id`. */
  readonly reference: string
  readonly status: string
  /** FHIR id. */
  readonly patient: string
  /** Of an image: the archive it was read from, and its number in the study. */
  readonly image?: { readonly system: ImageSystemName; readonly number: number }
  /** Of a document: SHA-1 of its bytes in base64, as they are stored; empty when they are not there. */
  readonly digest?: string
}

interface Place {
  readonly of: SystemName
  readonly parameter: string
  readonly system: string
}

const televisit = [
  { of: 'telemedicine', parameter: 'Encounter?identifier', system: systems.access },
  { of: 'telemedicine', parameter: 'Appointment?identifier', system: systems.appointment },
] as const satisfies readonly Place[]

const orderLines = {
  of: 'emergency',
  parameter: 'ServiceRequest?requisition',
  system: systems.event,
} as const satisfies Place

/** Where what a write has left is found, and what it is known by there. */
const places = {
  register: [{ of: 'emergency', parameter: 'Encounter?identifier', system: systems.access }],
  close: [{ of: 'emergency', parameter: 'Encounter?identifier', system: systems.access }],
  'take-over': [{ of: 'emergency', parameter: 'Encounter?identifier', system: systems.access }],
  leave: [{ of: 'emergency', parameter: 'Encounter?identifier', system: systems.access }],
  triage: [{ of: 'emergency', parameter: 'Observation?identifier', system: systems.event }],
  visit: [{ of: 'emergency', parameter: 'Observation?identifier', system: systems.event }],
  order: [orderLines],
  result: [
    { of: 'emergency', parameter: 'DiagnosticReport?identifier', system: systems.event },
    { of: 'emergency', parameter: 'Observation?identifier', system: systems.event },
    orderLines,
  ],
  report: [
    { of: 'emergency', parameter: 'DocumentReference?identifier', system: systems.event },
    { of: 'emergency', parameter: 'Condition?identifier', system: systems.event },
  ],
  publish: [{ of: 'reports', parameter: 'DocumentReference?identifier', system: systems.document }],
  'begin-visit': televisit,
  'end-visit': televisit,
  measure: [{ of: 'telemedicine', parameter: 'Observation?identifier', system: systems.event }],
} as const satisfies Partial<Record<WriteKind, readonly Place[]>>

/** Kinds of writes that leave resources under an identifier: events of an access to an emergency department, documents, televisits. */
export type IdentifiedKind = keyof typeof places

export const isIdentified = (kind: WriteKind): kind is IdentifiedKind => Object.hasOwn(places, kind)

/**
 * What the resources of a write carry: its own identifier, or of what begins or ends a stay that stay's. Images that were moved
 * carry what those that were stored do, and lie elsewhere.
 */
export const keyOf = ({ kind, identifier }: Pick<FinalWrite, 'kind' | 'identifier'>): string => {
  if (isOfImages(kind)) return `${kind} ${identifier}`
  const access = identifier.slice(0, identifier.lastIndexOf('.'))
  if (kind === 'register' || kind === 'close') return access
  return kind === 'take-over' || kind === 'leave' ? secondStayIdentifier(access) : identifier
}

/** What the lines of an order carry, of the order itself and of its results. */
export const orderKeyOf = (write: Pick<FinalWrite, 'kind' | 'identifier'>): string =>
  keyOf(write).replace(/\.result\.(\d+)$/, '.order.$1')

/** Documents that are read back at once, of one batch: some have a megabyte. */
const downloadsTogether = 8

/** What is stored of such writes, by their key. Rejects when the target does not answer. */
export const readIdentified = async (
  clientOf: (system: SystemName) => Searcher,
  writes: readonly FinalWrite[],
): Promise<ReadonlyMap<string, readonly StoredResource[]>> => {
  const wanted = new Map<string, { readonly place: Place; readonly keys: Set<string> }>()
  for (const write of writes) {
    if (!isIdentified(write.kind)) continue
    for (const place of places[write.kind]) {
      const name = Object.values(place).join(' ')
      const known = wanted.get(name) ?? { place, keys: new Set() }
      wanted.set(name, known)
      known.keys.add(place === orderLines ? orderKeyOf(write) : keyOf(write))
    }
  }
  const found = await Promise.all(
    [...wanted.values()].map(({ place: { of, parameter, system }, keys }) =>
      searchValues(clientOf(of), parameter, withSystem(system, [...keys])),
    ),
  )
  const stored = new Map<string, StoredResource[]>()
  const resources = found.flat().filter(isKnownType)
  const told: StoredResource[] = []
  for (let from = 0; from < resources.length; from += downloadsTogether) {
    const some = resources.slice(from, from + downloadsTogether)
    told.push(...(await Promise.all(some.map((resource) => storedResource(resource, clientOf)))))
  }
  for (const [index, resource] of resources.entries()) {
    for (const key of keysIn(resource)) stored.set(key, [...(stored.get(key) ?? []), ...told.slice(index, index + 1)])
  }
  return stored
}

type KnownResource =
  | Appointment
  | Condition
  | Encounter
  | Observation
  | ServiceRequest
  | DiagnosticReport
  | DocumentReference

const types = [
  'Appointment',
  'Condition',
  'Encounter',
  'Observation',
  'ServiceRequest',
  'DiagnosticReport',
  'DocumentReference',
]
const isKnownType = (resource: FhirResource): resource is KnownResource => types.includes(resource.resourceType)

const keySystems: readonly string[] = [systems.access, systems.event, systems.document, systems.appointment]

const keysIn = (resource: KnownResource): readonly string[] => {
  const identifiers =
    resource.resourceType === 'ServiceRequest' ? [resource.requisition ?? {}] : (resource.identifier ?? [])
  return identifiers
    .filter(({ system }) => keySystems.some((known) => known === system))
    .flatMap(({ value }) => value ?? [])
}

const storedResource = async (
  resource: KnownResource,
  clientOf: (system: SystemName) => Searcher,
): Promise<StoredResource> => {
  const event = {
    reference: `${resource.resourceType}/${resource.id}`,
    // A condition has a clinical status, which nobody asks for.
    status: 'status' in resource ? resource.status : '',
    patient: referencedId('Patient', subjectsOf(resource))[0] ?? '',
  }
  const url = resource.resourceType === 'DocumentReference' ? resource.content[0]?.attachment.url : undefined
  return url === undefined ? event : { ...event, digest: await digestOf(clientOf('reports'), url) }
}

const subjectsOf = (resource: KnownResource): readonly (string | undefined)[] =>
  resource.resourceType === 'Appointment'
    ? resource.participant.map(({ actor }) => actor?.reference)
    : [resource.subject?.reference]

/** SHA-1 in base64 of the bytes of a Binary; empty when there are none. Rejects when the target does not answer. */
const digestOf = async (client: Searcher, url: string): Promise<string> => {
  const { status, body, text } = await client.get(url)
  if (status === 404 || status === 410) return ''
  if (body?.resourceType !== 'Binary') throw new Error(`expected a Binary from ${url}, got ${status} ${text}`)
  return createHash('sha1')
    .update(Buffer.from(body.data ?? '', 'base64'))
    .digest('base64')
}
