import type { Action } from '../model/scenario.ts'

/** What somebody wants of the resources of one type of a FHIR server. */
export interface TypeNeeds {
  readonly interactions: readonly ('read' | 'search-type' | 'create' | 'update' | 'patch')[]
  /** Names of search parameters. */
  readonly searchedBy?: readonly string[]
  /** Whether a create happens only where a search finds nothing. */
  readonly conditionalCreate?: true
}

/** What a journey needs of the server of its system. DICOMweb: the services that it calls. */
export type JourneyNeeds =
  | {
      readonly kind: 'fhir'
      /** Several requests in one: all or none of them, or each by itself. */
      readonly system: readonly ('transaction' | 'batch')[]
      readonly types: Readonly<Record<string, TypeNeeds>>
    }
  | { readonly kind: 'dicomweb'; readonly services: readonly DicomwebService[] }

/** QIDO-RS, WADO-RS and STOW-RS. */
export type DicomwebService = 'search' | 'retrieve' | 'store'

type Types = Readonly<Record<string, TypeNeeds>>

const fhir = (system: readonly ('transaction' | 'batch')[], types: Types): JourneyNeeds => ({
  kind: 'fhir',
  system,
  types,
})
const dicomweb = (...services: readonly DicomwebService[]): JourneyNeeds => ({ kind: 'dicomweb', services })
const searched = (...searchedBy: readonly string[]): TypeNeeds => ({ interactions: ['search-type'], searchedBy })

const citizen: Types = { Patient: searched('identifier'), ServiceRequest: searched('requisition') }
const offers = ['service-type', 'service-category', 'appointment-type', 'status', 'start']
const freeSlots: Types = { Slot: { interactions: ['search-type', 'patch'], searchedBy: offers } }
const changedAppointment: Types = {
  Appointment: { interactions: ['search-type', 'patch'], searchedBy: ['identifier'] },
}

/** A create that a repetition does not make twice. */
const once: TypeNeeds = {
  interactions: ['create', 'search-type'],
  searchedBy: ['identifier'],
  conditionalCreate: true,
}

const written = (...types: readonly string[]): Types =>
  Object.fromEntries(types.map((type) => [type, { interactions: ['update'] }]))

const needs: Readonly<Record<Action, JourneyNeeds>> = {
  book: fhir(['transaction'], {
    ...citizen,
    ...freeSlots,
    Appointment: { ...once, interactions: ['create', 'search-type', 'patch'] },
    Invoice: once,
  }),
  move: fhir(['transaction'], { ...changedAppointment, ...freeSlots }),
  cancel: fhir(['transaction'], { ...changedAppointment, Slot: { interactions: ['patch'] } }),
  enquire: fhir([], { Appointment: searched('patient') }),
  accept: fhir([], changedAppointment),
  'walk-in': fhir([], { ...citizen, Appointment: once }),
  'take-charge': fhir([], { ServiceRequest: searched('requisition'), Task: { interactions: ['patch'] } }),
  pay: fhir([], { Invoice: { interactions: ['search-type', 'patch'], searchedBy: ['identifier'] } }),
  'partner-sync': fhir(['batch'], {
    Slot: { interactions: ['search-type', 'update'], searchedBy: ['schedule', 'status'] },
  }),
  'partner-night': fhir(['batch'], { Slot: { interactions: ['search-type', 'read'], searchedBy: ['schedule'] } }),
  remind: fhir([], { Appointment: searched('status') }),
  'expire-holds': fhir(['transaction'], {
    Appointment: { interactions: ['search-type', 'patch'], searchedBy: ['status'] },
    Slot: { interactions: ['patch'] },
  }),
  emergency: fhir(['transaction'], {
    Patient: searched('identifier'),
    Encounter: { interactions: ['read', 'update', 'patch'] },
    ...written('Observation', 'Condition', 'DiagnosticReport', 'DocumentReference'),
    ServiceRequest: { interactions: ['update', 'patch'] },
  }),
  'watch-board': fhir(['batch'], { Encounter: searched('service-provider', 'status') }),
  publish: fhir(['transaction'], {
    DocumentReference: { interactions: ['search-type', 'update'], searchedBy: ['identifier'] },
    ...written('Binary'),
  }),
  'read-reports': fhir([], { DocumentReference: searched('patient'), Binary: { interactions: ['read'] } }),
  televisit: fhir(['transaction'], {
    Appointment: { interactions: ['search-type', 'patch'], searchedBy: ['identifier'] },
    Encounter: { interactions: ['update', 'patch'] },
  }),
  measure: fhir([], { Observation: once }),
  attack: fhir([], { DocumentReference: { interactions: ['search-type'] } }),
  'store-study': dicomweb('store', 'search'),
  'read-study': dicomweb('search', 'retrieve'),
  'share-study': dicomweb('search', 'retrieve'),
  'fetch-study': dicomweb('search', 'retrieve'),
  'move-study': dicomweb('retrieve', 'store'),
}

/** What the journeys of an action ask of the server of their system, beside `_tag`, `_count` and `_sort`, which every search may carry. */
export const needsOf = (action: Action): JourneyNeeds => needs[action]
