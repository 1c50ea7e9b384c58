import { boardSearches } from '../generators/fhir/board.ts'
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
  return sendBatch(visit, entry, (body) => countsIn(body) === searches.length).outcome
}

/** Numbers that an answer to such a batch tells. */
const countsIn = (body: string): number => {
  const { entry = [] }: { entry?: readonly { resource?: Counted }[] } = JSON.parse(body)
  return entry.filter(({ resource }) => resource?.total !== undefined && resource.entry === undefined).length
}

/** Somebody looks at the public board of the emergency departments, and may keep the page open. */
export const watchBoard: Journey = { look }
