import { bookTransaction, directTransaction } from '../../generators/fhir/transactions.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { aboutSlots } from '../lib/about.ts'
import { isUnknown } from '../lib/fhir-r4.ts'
import { findAppointment } from '../lib/find-appointment.ts'
import { ledgered, tell } from '../lib/ledgered.ts'
import { newAppointment } from '../lib/new-appointment.ts'
import { sendTransaction, toBase64 } from '../lib/transaction.ts'
import type { Visit } from '../lib/visit.ts'
import { contend } from './contend.ts'

/** Turns the hold into a booking; who holds nothing, as at a desk, books at once. */
export const book = (visit: Visit): StepOutcome => {
  const outcome = visit.hasBehind('hold') ? confirm(visit) : contend(visit, () => bookDirectly(visit))
  visit.progress.bookedMs = visit.nowMs
  return outcome
}

/** After an unknown answer it looks: booked is done, pending is tried once more. */
const confirm = (visit: Visit): StepOutcome => {
  const outcome = sendConfirmation(visit)
  if (!isUnknown(outcome)) return outcome
  return landed(visit, outcome, () => sendConfirmation(visit))
}

const sendConfirmation = (visit: Visit): StepOutcome =>
  ledgered(visit, 'book', {
    about: aboutSlots(visit),
    send: () => sendTransaction(visit, bookTransaction(visit.progress, toBase64)),
  }).outcome

/** After an unknown answer it looks: booked is done. */
const bookDirectly = (visit: Visit): StepOutcome => {
  const { slots } = visit.progress
  const { outcome } = ledgered(visit, 'book', {
    about: aboutSlots(visit),
    send: () => sendTransaction(visit, directTransaction(newAppointment(visit, 'booked'), slots, toBase64)),
  })
  return isUnknown(outcome) ? landed(visit, outcome, () => outcome) : outcome
}

const landed = (visit: Visit, outcome: StepOutcome, ifPending: () => StepOutcome): StepOutcome => {
  const { appointment } = findAppointment(visit, 'recover')
  if (appointment?.status === 'pending') return ifPending()
  if (appointment?.status !== 'booked') return outcome
  tell(visit, 'book', { state: 'acknowledged', about: aboutSlots(visit) })
  return 'ok'
}
