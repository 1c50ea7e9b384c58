import type { Rng } from '../generators/rng.ts'
import type { Slice } from '../model/plan.ts'
import { isArriving, type StreamSpec } from '../model/scenario.ts'
import { drawnFollower } from './drawn-follower.ts'
import type { DrawnStream } from './drawn-plan.ts'
import { drawnStudies } from './drawn-studies.ts'
import { type EpisodeTimetable, episodeTimetable } from './episode-timetable.ts'
import { isEpisodic } from './episodic.ts'
import { onShift } from './on-shift.ts'
import type { Paper } from './paper.ts'
import { plannedStream } from './planned-stream.ts'
import type { Replay } from './replay.ts'
import { replayedTimetable } from './replayed-timetable.ts'
import type { RunClock } from './run-clock.ts'
import { emergencyPatient, patientsPerStream, smokeRows, smokeSeed } from './stream-patients.ts'
import { type StreamTimetable, streamTimetable } from './stream-timetable.ts'
import type { Subjects } from './subject.ts'

/** What a stream is drawn with. */
interface Drawing {
  readonly rng: Rng
  readonly clock: RunClock
  readonly cutoverMs: number | undefined
  readonly paper: Paper | undefined
  readonly subjects: Subjects
  readonly slice: Slice
  readonly replay: Replay | undefined
}

/** Draws a stream that comes after those that are drawn already. Throws a RangeError for one that follows none of them. */
export const drawnStream = (everybody: StreamSpec, before: readonly DrawnStream[], drawing: Drawing): DrawnStream => {
  const { rng, clock, paper, subjects, slice, replay } = drawing
  const spec = onShift(everybody, slice)
  const of = rng.split(spec.name)
  const ordinal = before.length
  const populating = { subjects, ordinal, first: ordinal * patientsPerStream }
  const replayed = replay && (replay.arrivals.get(spec.name) ?? [])
  if (!isArriving(spec)) return drawnFollower(spec, before, drawing)
  if (isEpisodic(spec)) return drawnEpisodes(episodeTimetable(of, spec, { clock, replayed, paper }), populating)
  const timetable = replayed
    ? replayedTimetable(of, spec, { clock, arrivals: replayed })
    : streamTimetable(of, spec, clock)
  const isMoving = spec.mix.some(({ action }) => action === 'move-study')
  return isMoving ? drawnStudies(timetable, populating) : drawnRows(timetable, populating)
}

/** Makes the subjects of the stream of this ordinal, whose first patient has this number. */
interface Populating {
  readonly subjects: Subjects
  readonly ordinal: number
  readonly first: number
}

const drawnRows = (timetable: StreamTimetable, { subjects, first }: Populating): DrawnStream => ({
  timetable,
  planned: plannedStream(timetable),
  subjects: [...timetable.rows, ...smokeRows(timetable.spec)].map((row) =>
    subjects.of(row, first + row.subject, timetable.spec),
  ),
})

const drawnEpisodes = (timetable: EpisodeTimetable, { subjects, ordinal }: Populating): DrawnStream => ({
  timetable,
  planned: plannedStream(timetable),
  subjects: [
    ...timetable.episodes.map((episode, index) => subjects.ofEpisode(episode, emergencyPatient(ordinal, index))),
    subjects.ofEpisode({ seed: smokeSeed, behind: 0 }, emergencyPatient(ordinal, -1)),
  ],
})
