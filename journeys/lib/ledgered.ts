import type { StepOutcome, WriteKind, WriteState } from '../../model/outcome.ts'
import { isUnknown } from './fhir-r4.ts'
import type { About, Answer, Visit } from './visit.ts'

/** Sends a write and tells the ledger before it, and after it what the answer means: once for each slot that it is about. */
export const ledgered = (
  visit: Visit,
  kind: WriteKind,
  write: { readonly about: readonly About[]; readonly send: () => Answer },
): Answer => {
  tell(visit, kind, { state: 'intended', about: write.about })
  const answer = write.send()
  tell(visit, kind, { state: stateOf(answer.outcome), about: write.about })
  return answer
}

/** Tells the ledger what is known of a write by now. */
export const tell = (
  visit: Visit,
  kind: WriteKind,
  { state, about }: { readonly state: WriteState; readonly about: readonly About[] },
): void => {
  for (const one of about) visit.write(kind, state, one)
}

const stateOf = (outcome: StepOutcome): WriteState => {
  if (outcome === 'ok') return 'acknowledged'
  return isUnknown(outcome) ? 'unknown' : 'refused'
}
