import { systems } from '../../generators/fhir/naming.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { identifierOf } from './about.ts'
import type { Visit } from './visit.ts'

export interface FoundAppointment {
  readonly id: string
  readonly status: string
}

/** Looks the row's appointment up by our identifier: how a clerk scans a booking, and how a client learns whether an unanswered write landed. */
export const findAppointment = (
  visit: Visit,
  step?: string,
): { readonly outcome: StepOutcome; readonly appointment?: FoundAppointment | undefined } => {
  const identifier = encodeURIComponent(`${systems.appointment}|${identifierOf(visit)}`)
  const answer = visit.request({ method: 'GET', path: `Appointment?identifier=${identifier}` }, step)
  if (answer.outcome !== 'ok') return { outcome: answer.outcome }
  const bundle: { entry?: readonly { resource: FoundAppointment }[] } = JSON.parse(answer.body)
  return { outcome: 'ok', appointment: bundle.entry?.[0]?.resource }
}
