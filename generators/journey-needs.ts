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

/** What the journeys of an action ask of the server of their system, beside `_tag`, `_count` and `_sort`, which every search may carry. */
export const needsOf = (action: Action): JourneyNeeds => {
  switch (action) {
    case 'book':
      return fhir(['transaction'], {
        ...citizen,
        ...freeSlots,
        Appointment: { ...once, interactions: ['create', 'search-type', 'patch'] },
        Invoice: once,
      })
    case 'move':
      return fhir(['transaction'], { ...changedAppointment, ...freeSlots })
    case 'cancel':
      return fhir(['transaction'], { ...changedAppointment, Slot: { interactions: ['patch'] } })
    case 'enquire':
      return fhir([], { Appointment: searched('patient') })
    case 'accept':
      return fhir([], changedAppointment)
    case 'walk-in':
      return fhir([], { ...citizen, Appointment: once })
    case 'take-charge':
      return fhir([], { ServiceRequest: searched('requisition'), Task: { interactions: ['patch'] } })
    case 'pay':
      return fhir([], { Invoice: { interactions: ['search-type', 'patch'], searchedBy: ['identifier'] } })
    case 'partner-sync':
      return fhir(['batch'], {
        Slot: { interactions: ['search-type', 'update'], searchedBy: ['schedule', 'status'] },
      })
    case 'partner-night':
      return fhir(['batch'], { Slot: { interactions: ['search-type', 'read'], searchedBy: ['schedule'] } })
    case 'remind':
      return fhir([], { Appointment: searched('status') })
    case 'expire-holds':
      return fhir(['transaction'], {
        Appointment: { interactions: ['search-type', 'patch'], searchedBy: ['status'] },
        Slot: { interactions: ['patch'] },
      })
    case 'emergency':
      return fhir(['transaction'], {
        Patient: searched('identifier'),
        Encounter: { interactions: ['read', 'update', 'patch'] },
        ...written('Observation', 'Condition', 'DiagnosticReport', 'DocumentReference'),
        ServiceRequest: { interactions: ['update', 'patch'] },
      })
    case 'watch-board':
      return fhir(['batch'], { Encounter: searched('service-provider', 'status') })
    case 'publish':
      return fhir(['transaction'], {
        DocumentReference: { interactions: ['search-type', 'update'], searchedBy: ['identifier'] },
        ...written('Binary'),
      })
    case 'read-reports':
      return fhir([], { DocumentReference: searched('patient'), Binary: { interactions: ['read'] } })
    case 'televisit':
      return fhir(['transaction'], {
        Appointment: { interactions: ['search-type', 'patch'], searchedBy: ['identifier'] },
        Encounter: { interactions: ['update', 'patch'] },
      })
    case 'measure':
      return fhir([], { Observation: once })
    case 'attack':
      return fhir([], { DocumentReference: { interactions: ['search-type'] } })
    case 'store-study':
      return dicomweb('store', 'search')
    case 'read-study':
      return dicomweb('search', 'retrieve')
    case 'share-study':
    case 'fetch-study':
      return dicomweb('search', 'retrieve')
    case 'move-study':
      return dicomweb('retrieve', 'store')
  }
}

const written = (...types: readonly string[]): Types =>
  Object.fromEntries(types.map((type) => [type, { interactions: ['update'] }]))
