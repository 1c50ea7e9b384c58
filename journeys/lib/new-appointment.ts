import { type AppointmentFacts, appointmentResource } from '../../generators/fhir/appointment.ts'
import { aboutOf } from './about.ts'
import { namespace } from './settings.ts'
import type { Visit } from './visit.ts'

/** The appointment that a row creates, in the slot it has chosen, if any. */
export const newAppointment = (visit: Visit, status: AppointmentFacts['status']) =>
  appointmentResource({
    namespace,
    ...aboutOf(visit),
    status,
    service: visit.turn.service,
    nre: visit.turn.nre,
    created: new Date().toISOString(),
  })

/** The id in `Appointment/<id>/_history/1`, the location of the second entry's answer. */
export const createdId = (body: string): string => {
  const bundle: { entry?: readonly { response?: { location?: string } }[] } = JSON.parse(body)
  return /Appointment\/([^/]+)/.exec(bundle.entry?.[1]?.response?.location ?? '')?.[1] ?? ''
}
