import encoding from 'k6/encoding'
import { bookTransaction } from '../../generators/fhir/transactions.ts'
import type { JourneyOutcome, StepOutcome } from '../../model/outcome.ts'
import { endingOf, isUnknown } from './fhir-r4.ts'
import { findAppointment } from './find-appointment.ts'
import type { Wanted } from './hold.ts'
import type { Visit } from './visit.ts'

interface Pending extends Wanted {
  readonly id: string
}

/** Turns a hold into a booking. After an unknown answer it looks: booked is done, pending is tried once more. */
export const confirm = (visit: Visit, pending: Pending): JourneyOutcome => {
  const outcome = send(visit, pending)
  if (!isUnknown(outcome)) return endingOf(outcome)
  const { appointment } = findAppointment(visit, 'recover', pending.identifier)
  if (appointment?.status === 'pending') return endingOf(send(visit, pending))
  if (appointment?.status !== 'booked') return 'failed'
  visit.write('book', 'acknowledged', pending)
  return 'done'
}

const send = (visit: Visit, { id, ...wanted }: Pending): StepOutcome => {
  visit.write('book', 'intended', wanted)
  const { outcome } = visit.request('book', {
    method: 'POST',
    path: '',
    body: JSON.stringify(bookTransaction(id, wanted.slot, (ascii) => encoding.b64encode(ascii))),
    contentType: 'application/fhir+json',
    contended: true,
    isLast: true,
  })
  if (outcome === 'ok') visit.write('book', 'acknowledged', wanted)
  else visit.write('book', isUnknown(outcome) ? 'unknown' : 'refused', wanted)
  return outcome
}
