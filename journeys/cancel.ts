import { cancelTransaction } from '../generators/fhir/transactions.ts'
import type { StepOutcome } from '../model/outcome.ts'
import { aboutSlots } from './lib/about.ts'
import { ledgered } from './lib/ledgered.ts'
import { sendTransaction, toBase64 } from './lib/transaction.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey } from './lib/walk.ts'
import { lookup } from './steps/lookup.ts'

/** Cancels the appointment and frees its slot, both or none. */
const cancelSlot = (visit: Visit): StepOutcome =>
  ledgered(visit, 'cancel', {
    about: aboutSlots(visit),
    send: () => sendTransaction(visit, cancelTransaction(visit.progress, toBase64)),
  }).outcome

/** Somebody will not come; whoever looks next finds the slot. */
export const cancel: Journey = { lookup, cancel: cancelSlot }
