import { releaseTransaction } from '../../generators/fhir/transactions.ts'
import type { StepOutcome } from '../../model/outcome.ts'
import { aboutSlots } from '../lib/about.ts'
import { ledgered } from '../lib/ledgered.ts'
import { sendTransaction, toBase64 } from '../lib/transaction.ts'
import type { Visit } from '../lib/visit.ts'

/** The offer does not suit: the slot goes back to the others. */
export const release = (visit: Visit): StepOutcome => {
  const { progress } = visit
  const { outcome } = ledgered(visit, 'release', {
    about: aboutSlots(visit),
    send: () => sendTransaction(visit, releaseTransaction(progress, toBase64)),
  })
  progress.slots = []
  progress.released += 1
  return outcome
}
