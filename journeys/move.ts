import { slotId } from '../generators/fhir/naming.ts'
import { moveTransaction } from '../generators/fhir/transactions.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { aboutRow } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import { namespace } from './lib/settings.ts'
import { sendTransaction, toBase64 } from './lib/transaction.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'
import { contend } from './steps/contend.ts'
import { lookup } from './steps/lookup.ts'
import { search } from './steps/search.ts'

/** The slot that the row's appointment is in when it begins. */
const oldSlot = ({ turn: { place } }: Visit): string => (place ? slotId(namespace, place.agenda, place.slot) : '')

/** Sells the new slot, frees the old one and moves the appointment, all at once; when others are quicker, to another slot. */
const moveSlot = (visit: Visit): StepOutcome => {
  // Who enters here has a new slot in mind that the plan does not know.
  if (visit.progress.slots[0] === oldSlot(visit)) visit.progress.slots = []
  return contend(visit, () => moveOnce(visit))
}

const moveOnce = (visit: Visit): StepOutcome => {
  const { appointmentId, slots } = visit.progress
  const move = { appointmentId, fromSlot: oldSlot(visit), toSlot: slots[0] ?? '' }
  return ledgered(visit, 'move', {
    about: [{ ...aboutRow(visit), slot: move.toSlot, fromSlot: move.fromSlot }],
    send: () => sendTransaction(visit, moveTransaction(move, toBase64)),
  }).outcome
}

/** Somebody wants another day for what is booked. */
export const move: Journey = { lookup, search, move: moveSlot }
