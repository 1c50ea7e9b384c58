import { systems } from '../../generators/fhir/naming.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import type { Visit } from './visit.ts'

export interface FoundAppointment {
  readonly id: string
  readonly status: string
}

/** Looks an appointment up by our identifier: how a clerk scans a booking, and how a client learns whether an unanswered write landed. */
export const findAppointment = (
  visit: Visit,
  step: string,
  identifier: string,
): { readonly outcome: StepOutcome; readonly appointment?: FoundAppointment | undefined } => {
  const answer = visit.request(step, {
    method: 'GET',
    path: `Appointment?identifier=${encodeURIComponent(`${systems.appointment}|${identifier}`)}`,
  })
  if (answer.outcome !== 'ok') return { outcome: answer.outcome }
  const bundle: { entry?: readonly { resource: FoundAppointment }[] } = JSON.parse(answer.body)
  return { outcome: 'ok', appointment: bundle.entry?.[0]?.resource }
}
