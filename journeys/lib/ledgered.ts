import type { StepOutcome, WriteKind } from '../../model/outcome.ts'
import { isUnknown } from './fhir-r4.ts'
import type { About, Answer, Visit } from './visit.ts'

/** Sends a write and tells the ledger before it, and after it what the answer means. */
export const ledgered = (visit: Visit, kind: WriteKind, write: { about: About; send: () => Answer }): Answer => {
  visit.write(kind, 'intended', write.about)
  const answer = write.send()
  visit.write(kind, stateOf(answer.outcome), write.about)
  return answer
}

const stateOf = (outcome: StepOutcome) => {
  if (outcome === 'ok') return 'acknowledged'
  return isUnknown(outcome) ? 'unknown' : 'refused'
}
