import type { Appointment, Bundle, Encounter, FhirResource, Observation } from 'fhir/r4.js'
import { runMeta, systems } from './naming.ts'
import { patchEntry, statusPatch, type ToBase64, transaction } from './transactions.ts'

/** A televisit: an appointment, and the encounter that comes of it. */
export interface TelevisitFacts {
  readonly namespace: string
  /** Of the appointment; the encounter has it too. */
  readonly identifier: string
  /** FHIR id. */
  readonly patient: string
}

const dashed = ({ namespace, identifier }: TelevisitFacts): string =>
  identifier.slice(namespace.length + 1).replaceAll('.', '-')
const appointmentIdOf = (facts: TelevisitFacts): string => `${facts.namespace}-ta-${dashed(facts)}`
const encounterIdOf = (facts: TelevisitFacts): string => `${facts.namespace}-te-${dashed(facts)}`

export const televisitAppointment = (facts: TelevisitFacts, status: 'booked' | 'arrived'): Appointment => ({
  resourceType: 'Appointment',
  id: appointmentIdOf(facts),
  meta: runMeta(facts.namespace),
  identifier: [{ system: systems.appointment, value: facts.identifier }],
  status,
  participant: [{ actor: { reference: `Patient/${facts.patient}` }, status: 'accepted' }],
})

/** `since`: ISO 8601. */
export const televisitEncounter = (facts: TelevisitFacts, since: string): Encounter => ({
  resourceType: 'Encounter',
  id: encounterIdOf(facts),
  meta: runMeta(facts.namespace),
  identifier: [{ system: systems.access, value: facts.identifier }],
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VR' },
  subject: { reference: `Patient/${facts.patient}` },
  appointment: [{ reference: `Appointment/${appointmentIdOf(facts)}` }],
  period: { start: since },
})

interface Moment {
  /** ISO 8601. */
  readonly at: string
  readonly toBase64: ToBase64
}

/** The patient has come and the visit begins, both or none. */
export const beginTelevisit = (facts: TelevisitFacts, { at, toBase64 }: Moment): Bundle<FhirResource> => {
  const encounter = televisitEncounter(facts, at)
  return transaction(patchEntry(`Appointment/${appointmentIdOf(facts)}`, statusPatch('booked', 'arrived'), toBase64), {
    resource: encounter,
    request: { method: 'PUT', url: `Encounter/${encounter.id}` },
  })
}

/** The visit ends, and with it the appointment, both or none. */
export const endTelevisit = (facts: TelevisitFacts, { at, toBase64 }: Moment): Bundle<FhirResource> =>
  transaction(
    patchEntry(
      `Encounter/${encounterIdOf(facts)}`,
      [...statusPatch('in-progress', 'finished'), { op: 'add', path: '/period/end', value: at }],
      toBase64,
    ),
    patchEntry(`Appointment/${appointmentIdOf(facts)}`, statusPatch('arrived', 'fulfilled'), toBase64),
  )

/** What a device at home has measured, known by what it reports; `value`: beats per minute. */
export const homeObservation = (
  { namespace, identifier, patient }: TelevisitFacts,
  { at, value }: { readonly at: string; readonly value: number },
): Observation => ({
  resourceType: 'Observation',
  meta: runMeta(namespace),
  identifier: [{ system: systems.event, value: identifier }],
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: at,
  valueQuantity: { value, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
})
