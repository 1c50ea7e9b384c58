import type { Appointment, FhirResource, ServiceRequest } from 'fhir/r4.js'
import { appointmentResource } from '../generators/fhir/appointment.ts'
import { invoiceResource } from '../generators/fhir/invoice.ts'
import {
  invoiceId,
  patientId,
  preparedAppointmentId,
  prescriptionId,
  rowIdentifier,
  slotId,
} from '../generators/fhir/naming.ts'
import { serviceRequestResource } from '../generators/fhir/service-request.ts'
import { taskResource } from '../generators/fhir/task.ts'
import type { Booker } from '../planner/subject.ts'

export const prescriptionResource = (namespace: string, { person, prescription }: Booker): ServiceRequest =>
  serviceRequestResource({
    namespace,
    id: prescriptionId(namespace, person.index),
    seed: person.seed,
    patient: person.index,
    ...prescription,
  })

interface Dated {
  readonly namespace: string
  readonly dayZeroUnixMs: number
}

interface RowOf {
  readonly stream: string
  readonly row: number
}

/** What a row finds besides patient and prescription: an appointment, a task or a payment; undefined when it needs nothing. */
export const foundByRow = (dated: Dated, of: RowOf, subject: Booker): FhirResource | undefined => {
  const { namespace } = dated
  const { person, prescription } = subject
  switch (subject.prepared) {
    case 'none':
      return undefined
    case 'pending':
    case 'booked':
      return appointmentOf(dated, of, { ...subject, prepared: subject.prepared })
    case 'task':
      return subject.isKnown
        ? undefined
        : taskResource(namespace, { seed: person.seed, patient: person.index, nre: prescription.nre })
    case 'invoice': {
      const identifier = rowIdentifier(namespace, of.stream, of.row)
      const patient = patientId(person.seed, person.index)
      const invoice = invoiceResource({ namespace, identifier, patient, status: 'issued' })
      return { ...invoice, id: invoiceId(namespace, of.stream, of.row) }
    }
  }
}

const appointmentOf = (
  { namespace, dayZeroUnixMs }: Dated,
  { stream, row }: RowOf,
  { person, prescription, place, prepared }: Booker & { readonly prepared: 'pending' | 'booked' },
): Appointment => ({
  ...appointmentResource({
    namespace,
    identifier: rowIdentifier(namespace, stream, row),
    status: prepared,
    patient: patientId(person.seed, person.index),
    slots: place ? [slotId(namespace, place.agenda, place.slot)] : [],
    service: prescription.service,
    nre: prescription.nre,
    created: new Date(dayZeroUnixMs).toISOString(),
  }),
  id: preparedAppointmentId(namespace, stream, row),
})
