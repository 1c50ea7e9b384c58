import encoding from 'k6/encoding'
import { appointmentResource } from '../../generators/fhir/appointment.ts'
import { holdTransaction } from '../../generators/fhir/transactions.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { isUnknown } from './fhir-r4.ts'
import { findAppointment } from './find-appointment.ts'
import { namespace } from './settings.ts'
import type { Visit } from './visit.ts'

export interface Wanted {
  readonly identifier: string
  readonly patient: string
  readonly slot: string
}

/** What came of a hold; `id` is the pending appointment's when it is `ok`. */
export interface Held {
  readonly outcome: StepOutcome
  readonly id: string
}

/** Puts a slot on hold with a pending appointment. After an unknown answer it looks its identifier up before anything else. */
export const hold = (visit: Visit, wanted: Wanted): Held => {
  visit.write('hold', 'intended', wanted)
  const answer = visit.request('hold', {
    method: 'POST',
    path: '',
    body: JSON.stringify(transactionOf(visit, wanted)),
    contentType: 'application/fhir+json',
    contended: true,
  })
  if (isUnknown(answer.outcome)) return recover(visit, wanted, answer.outcome)
  visit.write('hold', answer.outcome === 'ok' ? 'acknowledged' : 'refused', wanted)
  return { outcome: answer.outcome, id: answer.outcome === 'ok' ? createdId(answer.body) : '' }
}

const transactionOf = ({ turn }: Visit, { identifier, patient, slot }: Wanted) =>
  holdTransaction(
    appointmentResource({
      namespace,
      identifier,
      status: 'pending',
      patient,
      slot,
      service: turn.service,
      nre: turn.nre,
      created: new Date().toISOString(),
    }),
    slot,
    (ascii) => encoding.b64encode(ascii),
  )

/** The id in `Appointment/<id>/_history/1`, the location of the second entry's answer. */
const createdId = (body: string): string => {
  const bundle: { entry?: readonly { response?: { location?: string } }[] } = JSON.parse(body)
  return /Appointment\/([^/]+)/.exec(bundle.entry?.[1]?.response?.location ?? '')?.[1] ?? ''
}

const recover = (visit: Visit, wanted: Wanted, outcome: StepOutcome): Held => {
  visit.write('hold', 'unknown', wanted)
  const found = findAppointment(visit, 'recover', wanted.identifier)
  if (!found.appointment) return { outcome, id: '' }
  visit.write('hold', 'acknowledged', wanted)
  return { outcome: 'ok', id: found.appointment.id }
}
