import { holdTransaction } from '../../generators/fhir/transactions.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { aboutSlots } from '../lib/about.ts'
import { isUnknown } from '../lib/fhir-r4.ts'
import { findAppointment } from '../lib/find-appointment.ts'
import { ledgered, tell } from '../lib/ledgered.ts'
import { createdId, newAppointment } from '../lib/new-appointment.ts'
import { sendTransaction, toBase64 } from '../lib/transaction.ts'
import type { Visit } from '../lib/visit.ts'
import { contend } from './contend.ts'

/** Puts slots on hold with a pending appointment; when others are quicker, other slots. */
export const hold = (visit: Visit): StepOutcome => contend(visit, () => holdOnce(visit))

/** After an unknown answer it looks its identifier up before anything else. */
const holdOnce = (visit: Visit): StepOutcome => {
  const { slots } = visit.progress
  const about = aboutSlots(visit)
  const send = () => sendTransaction(visit, holdTransaction(newAppointment(visit, 'pending'), slots, toBase64))
  const { outcome, body } = ledgered(visit, 'hold', { about, send })
  if (outcome === 'ok') visit.progress.appointmentId = createdId(body)
  if (!isUnknown(outcome)) return outcome
  const { appointment } = findAppointment(visit, 'recover')
  if (!appointment) return outcome
  tell(visit, 'hold', { state: 'acknowledged', about })
  visit.progress.appointmentId = appointment.id
  return 'ok'
}
