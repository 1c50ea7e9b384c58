import type { Appointment, ServiceRequest } from 'fhir/r4.js'
import { appointmentResource } from '../generators/fhir/appointment.ts'
import {
  appointmentIdentifier,
  patientId,
  preparedAppointmentId,
  prescriptionId,
  slotId,
} from '../generators/fhir/naming.ts'
import { serviceRequestResource } from '../generators/fhir/service-request.ts'
import type { Subject } from '../planner/plan.ts'

export const prescriptionResource = (namespace: string, { person, prescription }: Subject): ServiceRequest =>
  serviceRequestResource({
    namespace,
    id: prescriptionId(namespace, person.index),
    seed: person.seed,
    patient: person.index,
    ...prescription,
  })

/** The appointment that a row finds when it starts; undefined when it starts from nothing but a prescription. */
export const appointmentOf = (
  { namespace, dayZeroUnixMs }: { readonly namespace: string; readonly dayZeroUnixMs: number },
  { stream, row }: { readonly stream: string; readonly row: number },
  { person, prescription, place, prepared }: Subject,
): Appointment | undefined => {
  if (prepared === 'none' || !place) return undefined
  const appointment = appointmentResource({
    namespace,
    identifier: appointmentIdentifier(namespace, stream, row),
    status: prepared,
    patient: patientId(person.seed, person.index),
    slot: slotId(namespace, place.agenda, place.slot),
    service: prescription.service,
    nre: prescription.nre,
    created: new Date(dayZeroUnixMs).toISOString(),
  })
  return { ...appointment, id: preparedAppointmentId(namespace, stream, row) }
}
