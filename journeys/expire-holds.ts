import { preparedAppointmentId, systems } from '../generators/fhir/naming.ts'
import { releaseTransaction } from '../generators/fhir/transactions.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { ledgered } from './lib/ledgered.ts'
import { namespace, target } from './lib/settings.ts'
import { sendTransaction, toBase64 } from './lib/transaction.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'

interface PendingAppointment {
  readonly id: string
  readonly created: string
  readonly identifier: readonly { readonly system: string; readonly value: string }[]
  readonly slot: readonly { readonly reference: string }[]
  readonly participant: readonly { readonly actor: { readonly reference: string } }[]
}

/** Holds looked at in one sweep. */
const pageSize = 200

/** Gives back what is held for longer than the target lets a hold live: a FHIR server cannot end holds by itself. */
const expire = (visit: Visit): StepOutcome => {
  const run = encodeURIComponent(`${systems.runTag}|${namespace}`)
  const answer = visit.request({ method: 'GET', path: `Appointment?status=pending&_tag=${run}&_count=${pageSize}` })
  if (answer.outcome !== 'ok') return answer.outcome
  const bundle: { entry?: readonly { resource: PendingAppointment }[] } = JSON.parse(answer.body)
  for (const { resource } of bundle.entry ?? []) if (isPastItsLife(resource)) giveBack(visit, resource)
  return 'ok'
}

/** Holds of the opening state are as old as their data, and somebody is about to book them. */
const isPastItsLife = ({ id, created }: PendingAppointment): boolean =>
  !id.startsWith(preparedPrefix) && Date.now() > Date.parse(created) + target.holdTtlMs

const preparedPrefix = preparedAppointmentId(namespace, '', 0).slice(0, -'-0'.length)

/** Who books at the same moment may win: then the release is refused, and nothing is wrong. */
const giveBack = (visit: Visit, { id, identifier, slot, participant }: PendingAppointment): void => {
  const idOf = (reference = '') => reference.slice(reference.lastIndexOf('/') + 1)
  const placed = { appointmentId: id, slots: slot.map(({ reference }) => idOf(reference)) }
  const of = {
    identifier: identifier.find(({ system }) => system === systems.appointment)?.value ?? '',
    patient: idOf(participant[0]?.actor.reference),
  }
  ledgered(visit, 'release', {
    about: placed.slots.map((one) => ({ ...of, slot: one })),
    send: () => sendTransaction(visit, releaseTransaction(placed, toBase64)),
  })
}

/** A job ends the holds that nobody has booked in time. */
export const expireHolds: Journey = { expire }
