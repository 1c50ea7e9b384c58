import type { FhirResource } from 'fhir/r4.js'
import { patientId, rowIdentifier } from '../generators/fhir/naming.ts'
import { type TelevisitFacts, televisitAppointment, televisitEncounter } from '../generators/fhir/televisit.ts'
import type { RemotePatient } from '../planner/subject.ts'
import type { RecordOf } from './prepare-documents.ts'

const factsOf = ({ namespace, stream, row }: RecordOf, { person }: RemotePatient): TelevisitFacts => ({
  namespace,
  identifier: rowIdentifier(namespace, stream, row),
  patient: patientId(person.seed, person.index),
})

/** The appointment that a row keeps, or has kept. */
export const remoteAppointments = (of: RecordOf, patient: RemotePatient): readonly FhirResource[] => {
  if (patient.prepared === 'none') return []
  return [televisitAppointment(factsOf(of, patient), patient.prepared === 'visit' ? 'arrived' : 'booked')]
}

/** The visit that is under way when the run begins. */
export const remoteEncounters = (of: RecordOf, patient: RemotePatient): readonly FhirResource[] =>
  patient.prepared === 'visit'
    ? [televisitEncounter(factsOf(of, patient), new Date(of.dayZeroUnixMs).toISOString())]
    : []
