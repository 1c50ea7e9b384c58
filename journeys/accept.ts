import { appointmentIdentifier, patientId, preparedAppointmentId } from '../generators/fhir/naming.ts'
import { statusPatch } from '../generators/fhir/transactions.ts'
import type { JourneyOutcome } from '../model/outcome.ts'
import { endingOf, isUnknown } from './lib/fhir-r4.ts'
import { findAppointment } from './lib/find-appointment.ts'
import { namespace, plan } from './lib/settings.ts'
import type { Visit } from './lib/visit.ts'

/** A clerk checks a booked patient in: scans the booking, then turns booked into arrived, which only one desk can do. */
export const accept = (visit: Visit): JourneyOutcome => {
  const { stream, row } = visit.turn
  const identifier = appointmentIdentifier(namespace, stream.name, row)
  if (!visit.reaches('lookup'))
    return arrive(visit, { identifier, id: preparedAppointmentId(namespace, stream.name, row) })
  const found = findAppointment(visit, 'lookup', identifier)
  if (found.outcome !== 'ok') return endingOf(found.outcome)
  if (!found.appointment) return 'blocked'
  visit.think('lookup')
  return arrive(visit, { identifier, id: found.appointment.id })
}

const arrive = (visit: Visit, appointment: { identifier: string; id: string }): JourneyOutcome => {
  const about = { identifier: appointment.identifier, patient: patientId(plan.seed, visit.turn.patient), slot: '' }
  visit.write('accept', 'intended', about)
  const answer = visit.request('accept', {
    method: 'PATCH',
    path: `Appointment/${appointment.id}`,
    body: JSON.stringify(statusPatch('booked', 'arrived')),
    contentType: 'application/json-patch+json',
    contended: true,
    isLast: true,
  })
  if (answer.outcome === 'ok') visit.write('accept', 'acknowledged', about)
  else visit.write('accept', isUnknown(answer.outcome) ? 'unknown' : 'refused', about)
  return endingOf(answer.outcome)
}
