import type { Patient } from 'fhir/r4.js'
import { patientId, peopleTag, runMeta, systems } from './naming.ts'

/** A synthetic person: a pure function of (seed, index). */
export interface Person {
  readonly seed: number
  readonly index: number
  readonly fiscalCode: string
  readonly surname: string
  readonly name: string
  readonly sex: 'male' | 'female'
  /** YYYY-MM-DD */
  readonly birthDate: string
  readonly commune: string
  readonly istat: string
  readonly cap: string
  readonly street: string
  /** Code of the local health authority. */
  readonly asl: string
  readonly phone: string
  readonly email: string
}

/** Patients are shared by all runs of a seed, so they carry the seed's tag and not a run's. */
export const patientResource = (person: Person): Patient => ({
  resourceType: 'Patient',
  id: patientId(person.seed, person.index),
  meta: runMeta(peopleTag(person.seed)),
  identifier: [{ system: systems.fiscalCode, value: person.fiscalCode }],
  active: true,
  name: [{ use: 'official', family: person.surname, given: [person.name] }],
  telecom: [
    { system: 'phone', value: person.phone },
    { system: 'email', value: person.email },
  ],
  gender: person.sex,
  birthDate: person.birthDate,
  address: [{ use: 'home', line: [person.street], city: person.commune, postalCode: person.cap, country: 'IT' }],
  managingOrganization: { identifier: { system: systems.asl, value: person.asl } },
})
