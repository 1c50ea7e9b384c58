import { createHash } from 'node:crypto'
import type {
  DiagnosticReport,
  DocumentReference,
  Encounter,
  FhirResource,
  Observation,
  ServiceRequest,
} from 'fhir/r4.js'
import { systems } from '../generators/fhir/naming.ts'
import type { WriteKind } from '../model/outcome.ts'
import type { SystemName } from '../model/system.ts'
import type { FinalWrite } from './ledger.ts'
import { referencedId, type Searcher, searchValues, withSystem } from './search-values.ts'

/** Kinds of writes that leave resources under an identifier: events of an access to an emergency department, documents. */
const eventKinds = [
  'register',
  'triage',
  'visit',
  'order',
  'result',
  'report',
  'close',
  'publish',
] as const satisfies WriteKind[]
export type EventKind = (typeof eventKinds)[number]

export const isEventKind = (kind: WriteKind): kind is EventKind => eventKinds.some((known) => known === kind)

/** A resource that is stored of an event. */
export interface StoredEvent {
  /** `Type/id`. */
  readonly reference: string
  readonly status: string
  /** FHIR id. */
  readonly patient: string
  /** Of a document: SHA-1 of its bytes in base64, as they are stored; empty when they are not there. */
  readonly digest?: string
}

interface Place {
  readonly of: SystemName
  readonly parameter: string
  readonly system: string
}

/** Where what an event has written is found, and what it is known by there. */
const places = {
  register: { of: 'emergency', parameter: 'Encounter?identifier', system: systems.access },
  close: { of: 'emergency', parameter: 'Encounter?identifier', system: systems.access },
  triage: { of: 'emergency', parameter: 'Observation?identifier', system: systems.event },
  visit: { of: 'emergency', parameter: 'Observation?identifier', system: systems.event },
  order: { of: 'emergency', parameter: 'ServiceRequest?requisition', system: systems.event },
  result: { of: 'emergency', parameter: 'DiagnosticReport?identifier', system: systems.event },
  report: { of: 'emergency', parameter: 'DocumentReference?identifier', system: systems.event },
  publish: { of: 'reports', parameter: 'DocumentReference?identifier', system: systems.document },
} as const satisfies Record<EventKind, Place>

/** What the resources of an event carry: its own identifier, or of a registration or a close the access's. */
export const keyOf = ({ kind, identifier }: Pick<FinalWrite, 'kind' | 'identifier'>): string =>
  kind === 'register' || kind === 'close' ? identifier.slice(0, identifier.lastIndexOf('.')) : identifier

/** What is stored of events, by their key. Rejects when the target does not answer. */
export const readEvents = async (
  clientOf: (system: SystemName) => Searcher,
  writes: readonly FinalWrite[],
): Promise<ReadonlyMap<string, readonly StoredEvent[]>> => {
  const wanted = new Map<string, { readonly place: Place; readonly keys: Set<string> }>()
  for (const write of writes) {
    if (!isEventKind(write.kind)) continue
    const place = places[write.kind]
    const known = wanted.get(place.parameter + place.system) ?? { place, keys: new Set() }
    wanted.set(place.parameter + place.system, known)
    known.keys.add(keyOf(write))
  }
  const found = await Promise.all(
    [...wanted.values()].map(({ place: { of, parameter, system }, keys }) =>
      searchValues(clientOf(of), parameter, withSystem(system, [...keys])),
    ),
  )
  const stored = new Map<string, StoredEvent[]>()
  for (const resource of found.flat().filter(isOfEvent)) {
    const event = await storedEvent(resource, clientOf)
    for (const key of keysIn(resource)) stored.set(key, [...(stored.get(key) ?? []), event])
  }
  return stored
}

type EventResource = Encounter | Observation | ServiceRequest | DiagnosticReport | DocumentReference

const types = ['Encounter', 'Observation', 'ServiceRequest', 'DiagnosticReport', 'DocumentReference']
const isOfEvent = (resource: FhirResource): resource is EventResource => types.includes(resource.resourceType)

const keysIn = (resource: EventResource): readonly string[] => {
  const identifiers =
    resource.resourceType === 'ServiceRequest' ? [resource.requisition ?? {}] : (resource.identifier ?? [])
  return identifiers
    .filter(({ system }) => system === systems.access || system === systems.event || system === systems.document)
    .flatMap(({ value }) => value ?? [])
}

const storedEvent = async (
  resource: EventResource,
  clientOf: (system: SystemName) => Searcher,
): Promise<StoredEvent> => {
  const event = {
    reference: `${resource.resourceType}/${resource.id}`,
    status: resource.status,
    patient: referencedId('Patient', [resource.subject?.reference])[0] ?? '',
  }
  const url = resource.resourceType === 'DocumentReference' ? resource.content[0]?.attachment.url : undefined
  return url === undefined ? event : { ...event, digest: await digestOf(clientOf('reports'), url) }
}

/** SHA-1 in base64 of the bytes of a Binary; empty when there are none. Rejects when the target does not answer. */
const digestOf = async (client: Searcher, url: string): Promise<string> => {
  const { status, body, text } = await client.get(url)
  if (status === 404 || status === 410) return ''
  if (body?.resourceType !== 'Binary') throw new Error(`expected a Binary from ${url}, got ${status} ${text}`)
  return createHash('sha1')
    .update(Buffer.from(body.data ?? '', 'base64'))
    .digest('base64')
}
