import type { Person } from '../generators/fhir/patient.ts'
import { archivedPatientOf, archivedPerson } from '../generators/imaging/archive.ts'
import { stepIndex, stepsOf } from '../generators/journey-steps.ts'
import { type Prescription, prescriptionOf } from '../generators/prescription.ts'
import type { Rng } from '../generators/rng.ts'
import type { Row } from '../model/row.ts'
import type { StreamSpec } from '../model/scenario.ts'
import { documentsFound } from '../region/digital-services.ts'
import type { AgendaBook, SlotPlace } from './agendas.ts'
import type { People, Population } from './people.ts'
import type { PlannedEpisode } from './planned-episode.ts'

/** Somebody who comes to an emergency department. */
export interface EmergencyPatient {
  readonly kind: 'emergency'
  readonly person: Person
  readonly seed: number
  /** Events of the episode that lie before the run. */
  readonly behind: number
}

/** Somebody whose health record a row is about. */
export interface RecordOwner {
  readonly kind: 'record'
  readonly person: Person
  /** Of what the row draws. */
  readonly seed: number
  /** Documents that `prepare` puts there. */
  readonly documents: number
}

/** Somebody who is seen, or monitored, from afar. */
export interface RemotePatient {
  readonly kind: 'telemedicine'
  readonly person: Person
  /** What `prepare` makes: the appointment to be kept, or the visit that is under way. */
  readonly prepared: 'none' | 'appointment' | 'visit'
}

/** Somebody whose images are made, or read. */
export interface ImagedPatient {
  readonly kind: 'images'
  readonly person: Person
  /** Seed of the study that `prepare` stores; none where the row, or the archive, has it. */
  readonly study?: number
  /** Where it moves or fetches one: the row that has stored it, by the ordinal of its stream and its number. */
  readonly storedBy?: { readonly stream: number; readonly row: number }
}

/** Somebody who looks at what everybody may see, whoever it is. */
export interface Onlooker {
  readonly kind: 'onlooker'
}

/** What a row, or an episode, works on. */
export type Subject = Booker | Onlooker | ImagedPatient | EmergencyPatient | RecordOwner | RemotePatient

/** Somebody who has to do with the booking service. */
export interface Booker {
  readonly kind: 'booking'
  readonly person: Person
  readonly prescription: Prescription
  /** The slot of an appointment that `prepare` makes, or, free, that the journey has already chosen, or whose agenda the row is about. */
  readonly place: SlotPlace | undefined
  /** Whether an earlier row has the same patient, with the same prescription and task. */
  readonly isKnown: boolean
  /** What `prepare` makes for it besides patient and prescription. */
  readonly prepared: 'none' | 'pending' | 'booked' | 'task' | 'invoice'
}

/** Which row has stored a study that is moved or fetched, and whose it is. */
export interface StoredStudy {
  readonly patient: number
  readonly among: Population
  readonly stream: number
  readonly row: number
  /** By that row while the run lasts; otherwise by `prepare`. */
  readonly isStored: boolean
}

type Laid = Pick<Booker, 'place' | 'prepared'>

/** Makes the subjects of the rows of one stream; `agendas` gives them their slots. */
export class Subjects {
  readonly #people: People
  readonly #prescriptions: Rng
  readonly #agendas: AgendaBook
  readonly #known = new Set<number>()

  constructor(people: People, prescriptions: Rng, agendas: AgendaBook) {
    this.#people = people
    this.#prescriptions = prescriptions
    this.#agendas = agendas
  }

  /** `patient`: their number in the plan; equal numbers give equal people with equal prescriptions. */
  of(row: Row, patient: number, spec: StreamSpec): Exclude<Subject, EmergencyPatient> {
    switch (row.journey) {
      case 'publish':
        return this.#owner(row, patient, 0)
      case 'attack':
        return this.#owner(row, patient, row.step === 'others-report' ? 1 : 0)
      case 'read-reports':
        return this.#owner(row, patient, documentsFound.value)
      case 'measure':
        return this.#remote(patient, 'none')
      case 'televisit':
        return this.#remote(patient, row.step === 'end' ? 'visit' : 'appointment')
      case 'watch-board':
        return { kind: 'onlooker' }
      case 'store-study':
        return {
          kind: 'images',
          person: this.#people.of(patient),
          ...(row.step === 'confirm' && { study: row.seed }),
        }
      case 'read-study':
      case 'share-study':
        return { kind: 'images', person: this.#people.of(archivedPerson(archivedPatientOf(row.seed))) }
      default:
        return this.#booker(row, patient, spec)
    }
  }

  #remote(patient: number, prepared: RemotePatient['prepared']): RemotePatient {
    return { kind: 'telemedicine', person: this.#people.of(patient), prepared }
  }

  #owner({ seed }: Row, patient: number, documents: number): RecordOwner {
    return { kind: 'record', person: this.#people.of(patient), seed, documents }
  }

  #booker(row: Row, patient: number, spec: StreamSpec): Booker {
    const drawn = prescriptionOf(this.#prescriptions.at(patient), patient)
    const prescription = this.#agendas.wanted({ ...drawn, ...(spec.priority && { priority: spec.priority }) })
    const isKnown = this.#known.has(patient)
    this.#known.add(patient)
    return {
      kind: 'booking',
      person: this.#people.of(patient),
      prescription,
      isKnown,
      ...this.#lay(row, prescription, spec),
    }
  }

  /** The patient of a study that is moved or fetched. */
  ofStored({ seed }: Row, { patient, among, stream, row, isStored }: StoredStudy): ImagedPatient {
    return {
      kind: 'images',
      person: this.#people.of(patient, among),
      storedBy: { stream, row },
      ...(!isStored && { study: seed }),
    }
  }

  /** The patient of an episode whose images a device stores. */
  ofEmergencyImages(patient: number): ImagedPatient {
    return { kind: 'images', person: this.#people.of(patient, 'emergency') }
  }

  /** The patient of an episode. */
  ofEpisode({ seed, behind }: Omit<PlannedEpisode, 'arrivalMs'>, patient: number): EmergencyPatient {
    return { kind: 'emergency', person: this.#people.of(patient, 'emergency'), seed, behind }
  }

  #lay(row: Row, prescription: Prescription, { channel }: StreamSpec): Laid {
    switch (row.journey) {
      case 'book': {
        this.#agendas.expectBooking(prescription)
        const steps = stepsOf(row.seed, row.journey, channel).map(({ step }) => step)
        return this.#under(steps.slice(0, stepIndex(stepsOf(row.seed, row.journey, channel), row.step)), prescription)
      }
      case 'move':
        this.#agendas.expectBooking(prescription)
        return { place: this.#agendas.reserve(prescription, 'busy'), prepared: 'booked' }
      case 'cancel':
      case 'enquire':
        return { place: this.#agendas.reserve(prescription, 'busy'), prepared: 'booked' }
      case 'accept':
        return { place: this.#agendas.takeToday(prescription), prepared: 'booked' }
      case 'partner-sync':
      case 'partner-night':
        return { place: this.#agendas.reserve(prescription, 'free'), prepared: 'none' }
      case 'take-charge':
        return { place: undefined, prepared: 'task' }
      case 'pay':
        return { place: undefined, prepared: 'invoice' }
      case 'walk-in':
      case 'remind':
      case 'expire-holds':
      case 'emergency':
      case 'publish':
      case 'read-reports':
      case 'televisit':
      case 'measure':
      case 'attack':
      case 'store-study':
      case 'read-study':
      case 'share-study':
      case 'move-study':
      case 'watch-board':
      case 'fetch-study':
        return { place: undefined, prepared: 'none' }
    }
  }

  /** What a booking has got hold of that has these steps behind it. */
  #under(done: readonly string[], prescription: Prescription): Laid {
    const last = done.findLast((step) => ['search', 'hold', 'release', 'book'].includes(step))
    switch (last) {
      case 'search':
        return { place: this.#agendas.reserve(prescription, 'free'), prepared: 'none' }
      case 'hold':
        return { place: this.#agendas.reserve(prescription, 'held'), prepared: 'pending' }
      case 'book':
        return { place: this.#agendas.reserve(prescription, 'busy'), prepared: 'booked' }
      default:
        return { place: undefined, prepared: 'none' }
    }
  }
}
