import { stepName, stepsOf } from '../generators/journey-steps.ts'
import type { Rng } from '../generators/rng.ts'
import type { PlannedStream, Slice } from '../model/plan.ts'
import type { Row } from '../model/row.ts'
import type { StreamSpec } from '../model/scenario.ts'
import { catchUpTimetable } from './catch-up-timetable.ts'
import { type EpisodeTimetable, episodeTimetable } from './episode-timetable.ts'
import { isEpisodic } from './episodic.ts'
import { onShift } from './on-shift.ts'
import type { DrawnStream } from './plan.ts'
import { poolOf } from './pool.ts'
import type { Replay } from './replay.ts'
import { replayedTimetable } from './replayed-timetable.ts'
import type { RunClock } from './run-clock.ts'
import { type StreamTimetable, streamTimetable } from './stream-timetable.ts'
import type { Subjects } from './subject.ts'

/** Patients of stream n are numbered from n times this, so streams never share a patient. */
export const patientsPerStream = 100_000_000

/** Emergency patients are drawn from other people than residents are: no number may be both. */
const firstEmergency = 50_000_000

/** Rows that only the smoke run walks, one for each action, behind all others; their patients are the stream's last numbers. */
const smokeRows = ({ mix, channel }: StreamSpec): readonly Row[] =>
  mix.map(({ action }, index) => ({
    dueMs: 0,
    journey: action,
    step: stepName(stepsOf(smokeSeed, action, channel), 0),
    subject: patientsPerStream - 1 - index,
    seed: smokeSeed,
  }))

const smokeSeed = 1

/** What a stream is drawn with. */
interface Drawing {
  readonly rng: Rng
  readonly clock: RunClock
  readonly cutoverMs: number | undefined
  readonly subjects: Subjects
  readonly slice: Slice
  readonly replay: Replay | undefined
}

/** Draws a stream that comes after those that are drawn already. Throws a RangeError for one that follows none of them. */
export const drawnStream = (everybody: StreamSpec, before: readonly DrawnStream[], drawing: Drawing): DrawnStream => {
  const { rng, clock, cutoverMs, subjects, slice, replay } = drawing
  const spec = onShift(everybody, slice)
  const of = rng.split(spec.name)
  const ordinal = before.length
  const populating = { subjects, first: ordinal * patientsPerStream }
  const replayed = replay && (replay.arrivals.get(spec.name) ?? [])
  if (isEpisodic(spec)) return drawnEpisodes(episodeTimetable(of, spec, { clock, replayed }), populating)
  if (spec.catchesUp !== undefined) {
    const at = before.findIndex(({ planned }) => planned.name === spec.catchesUp)
    const followed = before[at]
    if (!followed || cutoverMs === undefined) {
      throw new RangeError(`expected ${spec.name} to follow an earlier stream over a cutover, got ${spec.catchesUp}`)
    }
    const timetable = catchUpTimetable(spec, followed.timetable, { clock, cutoverMs })
    return drawnMoves(timetable, { ...populating, ordinal, followed: { ...followed, ordinal: at } })
  }
  const timetable = replayed
    ? replayedTimetable(of, spec, { clock, arrivals: replayed })
    : streamTimetable(of, spec, clock)
  const isMoving = spec.mix.some(({ action }) => action === 'move-study')
  return isMoving ? drawnMoves(timetable, { ...populating, ordinal }) : drawnRows(timetable, populating)
}

/** Makes the subjects of a stream whose first patient has this number. */
interface Populating {
  readonly subjects: Subjects
  readonly first: number
}

const drawnRows = (timetable: StreamTimetable, { subjects, first }: Populating): DrawnStream => ({
  timetable,
  planned: plannedStream(timetable),
  subjects: [...timetable.rows, ...smokeRows(timetable.spec)].map((row) =>
    subjects.of(row, first + row.subject, timetable.spec),
  ),
})

/** Studies that are moved: those of the stream's own rows, or those that the rows of another stream have stored. */
const drawnMoves = (
  timetable: StreamTimetable,
  {
    subjects,
    first,
    ordinal,
    followed,
  }: Populating & { readonly ordinal: number; readonly followed?: DrawnStream & { readonly ordinal: number } },
): DrawnStream => {
  const { rows, spec } = timetable
  const storedBy = ({ subject: row }: Row) => ({
    patient: (followed?.ordinal ?? 0) * patientsPerStream + (followed?.timetable.rows[row]?.subject ?? 0),
    stream: followed?.ordinal ?? 0,
    row,
    isStored: true,
  })
  const ownOf = ({ subject }: Row, row: number) => ({ patient: first + subject, stream: ordinal, row, isStored: false })
  return {
    timetable,
    planned: plannedStream(timetable),
    subjects: [
      ...rows.map((row, number) => subjects.ofMove(row, followed ? storedBy(row) : ownOf(row, number))),
      ...smokeRows(spec).map((row, index) => subjects.ofMove(row, ownOf(row, rows.length + index))),
    ],
  }
}

const drawnEpisodes = (timetable: EpisodeTimetable, { subjects, first }: Populating): DrawnStream => ({
  timetable,
  planned: plannedStream(timetable),
  subjects: [
    ...timetable.episodes.map((episode, index) => subjects.ofEpisode(episode, first + firstEmergency + index)),
    subjects.ofEpisode({ seed: smokeSeed, behind: 0 }, first + firstEmergency - 1),
  ],
})

const plannedStream = (timetable: StreamTimetable): PlannedStream => ({
  name: timetable.spec.name,
  channel: timetable.spec.channel,
  connection: timetable.spec.connection,
  dayFactor: timetable.dayFactor,
  expected: timetable.expected,
  drawn: Object.values(timetable.drawn).reduce((sum, count) => sum + count, 0),
  actions: actionsOf(timetable),
  open: timetable.open,
  warmUp: timetable.warmUp,
  again: timetable.again,
  ...poolOf(timetable),
  ...callsOf(timetable.spec),
})

const callsOf = ({ pool }: StreamSpec): Pick<PlannedStream, 'calls'> =>
  pool.kind === 'staff' && pool.patienceMs !== undefined
    ? { calls: { operators: pool.people, patienceMs: pool.patienceMs } }
    : {}

const actionsOf = ({ spec, expected, drawn }: StreamTimetable): PlannedStream['actions'] => {
  const weights = spec.mix.reduce((sum, { weight }) => sum + weight, 0)
  return spec.mix.map(({ action, weight }) => ({
    action,
    expected: (expected * weight) / weights,
    drawn: drawn[action] ?? 0,
  }))
}
