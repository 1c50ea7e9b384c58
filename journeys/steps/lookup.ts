import { findAppointment } from '../lib/find-appointment.ts'
import type { Visit } from '../lib/visit.ts'
import type { StepEnding } from '../lib/walk.ts'

/** A clerk scans a booking, or somebody gives its number; without it the row cannot go on. */
export const lookup = (visit: Visit): StepEnding => {
  const { outcome, appointment } = findAppointment(visit)
  if (outcome !== 'ok') return outcome
  if (!appointment) return 'blocked'
  visit.progress.appointmentId = appointment.id
  return 'ok'
}
