import { arrivals } from '../generators/arrivals.ts'
import { expectedBetween } from '../generators/curve.ts'
import { episodeOf } from '../generators/emergency/episode.ts'
import type { EpisodeEvent } from '../generators/emergency/episode-event.ts'
import { rowStep, stepsOfEvent } from '../generators/emergency/row-events.ts'
import type { Rng } from '../generators/rng.ts'
import { thinkAfterMs } from '../generators/think-times.ts'
import type { Row } from '../model/row.ts'
import type { ArrivingStream } from '../model/scenario.ts'
import { assumedStepMs } from '../region/pace.ts'
import { enteredAt, entryRate, type Paper } from './paper.ts'
import type { PlannedEpisode } from './planned-episode.ts'
import type { ReplayedArrival } from './replay.ts'
import { replayedCurve } from './replayed-timetable.ts'
import type { RunClock } from './run-clock.ts'
import { type StreamCurves, streamCurves } from './stream-curves.ts'
import { peakPerSecond, type StreamTimetable } from './stream-timetable.ts'

/** An event that is due so soon after the actor of the one before it is done is entered by the same actor, one after the other. */
const togetherMs = 2000

/** Rows that are events; their subject is the index of the episode. */
export interface EpisodeTimetable extends StreamTimetable {
  readonly episodes: readonly PlannedEpisode[]
}

/** What a stream of episodes is drawn with. */
interface EpisodeDrawing {
  readonly clock: RunClock
  readonly replayed?: readonly ReplayedArrival[] | undefined
  readonly paper?: Paper | undefined
}

/**
 * Draws a stream of episodes on the run's clock. An arrival is expanded into all that will happen to it, squeezed as the slice
 * is; each event inside the run is a row, those of one episode that come together share one.
 */
export const episodeTimetable = (
  rng: Rng,
  spec: ArrivingStream,
  { clock, replayed, paper }: EpisodeDrawing,
): EpisodeTimetable => {
  const { expected, realised, dayFactor } = replayed ? ofLog(replayed, clock) : streamCurves(rng, spec, clock)
  const arrivalsMs = replayed
    ? replayed.map(({ atMs }) => clock.warmUpMs + atMs)
    : arrivals(rng.split('arrivals'), realised)
  const seeds = rng.split('rows')
  const episodes: PlannedEpisode[] = []
  const rows: Row[] = []
  const count = { slice: 0, warmUp: 0, open: 0, services: 0 }
  let arrived = 0
  for (const arrivalMs of arrivalsMs) {
    if (arrivalMs >= clock.durationMs) break
    const seed = seeds.at(arrived++).uint32()
    const { events } = episodeOf(seed)
    const due = enteredAt(
      events.map((event) => ({ event, dueMs: arrivalMs + event.afterMs * clock.map.stretch })),
      paper,
    )
    if ((due.at(-1)?.dueMs ?? 0) < 0) continue
    rows.push(...rowsOf(due, { seed, subject: episodes.length, untilMs: clock.durationMs }))
    episodes.push({ seed, arrivalMs, behind: due.filter(({ dueMs }) => dueMs < 0).length })
    if (arrivalMs < 0) count.open++
    else if (arrivalMs < clock.warmUpMs) count.warmUp++
    else {
      count.slice++
      count.services += servicesOf(events)
    }
  }
  rows.sort((a, b) => a.dueMs - b.dueMs || a.subject - b.subject)
  return {
    spec,
    rows,
    episodes,
    expected: expectedBetween(expected, clock.warmUpMs, clock.durationMs),
    drawn: { emergency: count.slice },
    services: count.services,
    warmUp: count.warmUp,
    open: count.open,
    again: 0,
    peakPerSecond: peakPerSecond(realised, clock) * (paper ? entryRate(paper) : 1),
    realised,
    dayFactor,
  }
}

/** A log says how many came, and nothing of what was expected. */
const ofLog = (replayed: readonly ReplayedArrival[], clock: RunClock): StreamCurves => {
  const realised = replayedCurve(replayed, clock)
  return { expected: realised, realised, dayFactor: 1 }
}

/** Services that were ordered. */
const servicesOf = (events: readonly EpisodeEvent[]): number =>
  events.reduce((sum, { kind, services }) => sum + (kind === 'order' ? services : 0), 0)

interface DueEvent {
  readonly event: EpisodeEvent
  readonly dueMs: number
}

interface Group {
  readonly dueMs: number
  readonly events: EpisodeEvent[]
}

/** Two rows of an episode never overlap on a healthy system: the later one would not find what the earlier is still to enter. */
const rowsOf = (
  due: readonly DueEvent[],
  { seed, subject, untilMs }: { readonly seed: number; readonly subject: number; readonly untilMs: number },
): readonly Row[] => {
  const groups: Group[] = []
  for (const { event, dueMs } of due) {
    if (dueMs < 0 || dueMs >= untilMs) continue
    const group = groups.at(-1)
    if (group && dueMs < group.dueMs + rowLastsMs(seed, group.events) + togetherMs) group.events.push(event)
    else groups.push({ dueMs, events: [event] })
  }
  return groups.map(({ dueMs, events }) => ({ dueMs, journey: 'emergency', step: rowStep(events), subject, seed }))
}

/** How long an actor takes for the events of a row. */
const rowLastsMs = (seed: number, events: readonly EpisodeEvent[]): number => {
  const steps = events.flatMap(stepsOfEvent)
  return steps.reduce((sum, _, index) => sum + assumedStepMs.value + thinkAfterMs(seed, steps, index), 0)
}
