import { episodeOf } from '../../generators/emergency/episode.ts'
import { eventsOf, stepsOfEvent } from '../../generators/emergency/row-events.ts'
import type { Walk } from './turn.ts'

/** A row that is one event of an episode, or a few that come together. */
export const eventWalk = (seed: number, timing: readonly string[]): Walk => {
  const care = episodeOf(seed)
  const own = timing[2] === '' ? care.events : eventsOf(care.events, timing[2] ?? '')
  const walked = own.flatMap((event) => stepsOfEvent(event).map((step) => ({ event, step })))
  return {
    steps: walked.map(({ step }) => step),
    entry: 0,
    episode: { number: Number(timing[3]), care },
    events: walked.map(({ event }) => event),
  }
}
