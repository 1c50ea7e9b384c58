import { boardSearches } from '../generators/fhir/board.ts'
import { parsed } from './lib/parsed.ts'
import { sendBatch } from './lib/transaction.ts'
import type { Visit } from './lib/visit.ts'
import type { Journey, StepEnding } from './lib/walk.ts'

/** What is used of an answer. */
interface Counted {
  readonly total?: number
  readonly entry?: readonly unknown[]
}

/** The counts of every department; one that is missing, or that comes with what was counted, fails. */
const look = (visit: Visit): StepEnding => {
  const searches = boardSearches()
  const entry = searches.map((url) => ({ request: { method: 'GET', url } }))
  // Until the page asks again load balancers would close what is idle, and the next request would be lost.
  return sendBatch(visit, entry, { isSound: (body) => countsIn(body) === searches.length, closes: true }).outcome
}

/** Numbers that an answer to such a batch tells. */
const countsIn = (body: string): number => {
  const answer = parsed(body) as { entry?: readonly { resource?: Counted }[] } | null | undefined
  return (answer?.entry ?? []).filter(({ resource }) => resource?.total !== undefined && resource.entry === undefined)
    .length
}

/** Somebody looks at the public board of the emergency departments, and may keep the page open. */
export const watchBoard: Journey = { look }
