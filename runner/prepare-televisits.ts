import type { FhirResource } from 'fhir/r4.js'
import { patientId, rowIdentifier } from '../generators/fhir/naming.ts'
import { type TelevisitFacts, televisitAppointment, televisitEncounter } from '../generators/fhir/televisit.ts'
import type { RemotePatient } from '../planner/subject.ts'
import type { Numbered } from './numbered-subject.ts'

const factsOf = ({ namespace, stream, number }: Numbered, { person }: RemotePatient): TelevisitFacts => ({
  namespace,
  identifier: rowIdentifier(namespace, stream, number),
  patient: patientId(person.seed, person.index),
})

/** The appointment that a row keeps, or has kept. */
export const remoteAppointments = (of: Numbered, patient: RemotePatient): readonly FhirResource[] => {
  if (patient.prepared === 'none') return []
  return [televisitAppointment(factsOf(of, patient), patient.prepared === 'visit' ? 'arrived' : 'booked')]
}

/** The visit that is under way when the run begins. */
export const remoteEncounters = (of: Numbered, patient: RemotePatient): readonly FhirResource[] =>
  patient.prepared === 'visit'
    ? [televisitEncounter(factsOf(of, patient), new Date(of.dayZeroUnixMs).toISOString())]
    : []
