import { type AppointmentFacts, appointmentResource } from '../../generators/fhir/appointment.ts'
import { aboutRow } from './about.ts'
import { namespace } from './settings.ts'
import { textsBehind } from './texts-behind.ts'
import type { Visit } from './visit.ts'

/** The appointment that a row creates, in the slot it has chosen, if any. */
export const newAppointment = (visit: Visit, status: AppointmentFacts['status']) =>
  appointmentResource({
    namespace,
    ...aboutRow(visit),
    slots: visit.progress.slots,
    status,
    service: visit.turn.service,
    nre: visit.turn.nre,
    created: new Date().toISOString(),
  })

/** The id in `Appointment/<id>/_history/1`, the location of what a transaction created. */
export const createdId = (body: string): string => {
  const location = textsBehind('location', body).find((text) => text.includes('Appointment/'))
  return location?.split('Appointment/')[1]?.split('/')[0] ?? ''
}
