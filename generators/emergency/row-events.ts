import { eventSteps } from '../../region/emergency-pace.ts'
import type { PacedStep } from '../../region/paced-steps.ts'
import type { EpisodeEvent } from './episode-event.ts'

/** How a timetable names the events of a row: `order.2`, or several that one actor enters one after the other, `triage+visit`. */
export const rowStep = (events: readonly EpisodeEvent[]): string => events.map(({ name }) => name).join('+')

/** The events of an episode that a timetable names so. Throws a RangeError for one that the episode has not got. */
export const eventsOf = (events: readonly EpisodeEvent[], named: string): readonly EpisodeEvent[] => {
  const names = named.split('+')
  const found = events.filter(({ name }) => names.includes(name))
  if (found.length === names.length) return found
  throw new RangeError(`expected events of ${events.map(({ name }) => name).join(', ')}, got ${named}`)
}

/** What is done at a screen for an event. */
export const stepsOfEvent = ({ kind }: EpisodeEvent): readonly PacedStep[] => eventSteps().value[kind]
