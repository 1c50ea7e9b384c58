import type { JourneyOutcome, StepOutcome } from '../../model/outcome.ts'
import { endingOf } from './fhir-r4.ts'
import type { Visit } from './visit.ts'

/** How a step ended, as its journey sees it: `declined` and `blocked` end it without a request. */
export type StepEnding = StepOutcome | 'declined' | 'blocked'

/** What each step of a journey does, by its name. Which come, in which order, and the pauses are the region's paces. */
export type Journey = Readonly<Record<string, (visit: Visit) => StepEnding>>

/** Walks the steps from where the row enters; the first that does not end well ends the journey. */
export const walkThrough = (journey: Journey, visit: Visit): JourneyOutcome => {
  const { steps, entry } = visit.turn
  for (let index = entry; index < steps.length; index++) {
    visit.goTo(index)
    const ending = journey[visit.step]?.(visit) ?? missing(visit.step)
    if (ending !== 'ok') return ending === 'declined' || ending === 'blocked' ? ending : endingOf(ending)
    if (index < steps.length - 1) visit.think()
  }
  return 'done'
}

const missing = (step: string): never => {
  throw new Error(`expected a step that the journey knows, got ${step}`)
}
