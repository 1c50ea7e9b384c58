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
import type { FinalWrite } from './ledger.ts'
import { referencedId, type Searcher, searchValues, withSystem } from './search-values.ts'

/** Kinds of events of an access to an emergency department. */
const eventKinds = ['register', 'triage', 'visit', 'order', 'result', 'report', 'close'] as const satisfies WriteKind[]
export type EventKind = (typeof eventKinds)[number]

export const isEventKind = (kind: WriteKind): kind is EventKind => eventKinds.some((known) => known === kind)

/** A resource that is stored of an event. */
export interface StoredEvent {
  /** `Type/id`. */
  readonly reference: string
  readonly status: string
  /** FHIR id. */
  readonly patient: string
}

/** Where what an event has written is found, and what it is known by there. */
const places = {
  register: { parameter: 'Encounter?identifier', system: systems.access },
  close: { parameter: 'Encounter?identifier', system: systems.access },
  triage: { parameter: 'Observation?identifier', system: systems.event },
  visit: { parameter: 'Observation?identifier', system: systems.event },
  order: { parameter: 'ServiceRequest?requisition', system: systems.event },
  result: { parameter: 'DiagnosticReport?identifier', system: systems.event },
  report: { parameter: 'DocumentReference?identifier', system: systems.event },
} as const satisfies Record<EventKind, { readonly parameter: string; readonly system: string }>

/** What the resources of an event carry: its own identifier, or of a registration or a close the access's. */
export const keyOf = ({ kind, identifier }: Pick<FinalWrite, 'kind' | 'identifier'>): string =>
  kind === 'register' || kind === 'close' ? identifier.slice(0, identifier.lastIndexOf('.')) : identifier

/** What is stored of events, by their key. Rejects when the target does not answer. */
export const readEvents = async (
  client: Searcher,
  writes: readonly FinalWrite[],
): Promise<ReadonlyMap<string, readonly StoredEvent[]>> => {
  const wanted = new Map<string, Set<string>>()
  for (const write of writes) {
    if (!isEventKind(write.kind)) continue
    const { parameter, system } = places[write.kind]
    const place = `${parameter} ${system}`
    wanted.set(place, (wanted.get(place) ?? new Set()).add(keyOf(write)))
  }
  const found = await Promise.all(
    [...wanted].map(([place, keys]) => {
      const [parameter = '', system = ''] = place.split(' ')
      return searchValues(client, parameter, withSystem(system, [...keys]))
    }),
  )
  const stored = new Map<string, StoredEvent[]>()
  for (const resource of found.flat().filter(isOfEvent)) {
    for (const key of keysIn(resource)) stored.set(key, [...(stored.get(key) ?? []), storedEvent(resource)])
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
    .filter(({ system }) => system === systems.access || system === systems.event)
    .flatMap(({ value }) => value ?? [])
}

const storedEvent = (resource: EventResource): StoredEvent => ({
  reference: `${resource.resourceType}/${resource.id}`,
  status: resource.status,
  patient: referencedId('Patient', [resource.subject?.reference])[0] ?? '',
})
