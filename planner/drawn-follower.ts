import type { FollowingStream } from '../model/scenario.ts'
import { catchUpTimetable } from './catch-up-timetable.ts'
import type { DrawnStream } from './drawn-plan.ts'
import { drawnStudies } from './drawn-studies.ts'
import { imagesRows, transferRows } from './emergency-images.ts'
import { followingTimetable } from './following-timetable.ts'
import { plannedStream } from './planned-stream.ts'
import type { RunClock } from './run-clock.ts'
import { emergencyPatient, patientsPerStream, smokeRows } from './stream-patients.ts'
import type { StreamTimetable } from './stream-timetable.ts'
import type { Subjects } from './subject.ts'

/** What a stream that follows another is drawn with. */
interface Around {
  readonly clock: RunClock
  readonly cutoverMs: number | undefined
  readonly subjects: Subjects
}

interface Following extends Around {
  readonly spec: FollowingStream
  /** Of the stream in its plan. */
  readonly ordinal: number
  readonly followed: StreamTimetable
  readonly followedOrdinal: number
}

/** Draws a stream that comes of one of those before it. Throws a RangeError where there is none such. */
export const drawnFollower = (spec: FollowingStream, before: readonly DrawnStream[], around: Around): DrawnStream => {
  const { kind, stream } = spec.follows
  const followedOrdinal = before.findIndex(({ planned }) => planned.name === stream)
  const followed = before[followedOrdinal]?.timetable
  if (!followed) throw new RangeError(`expected ${spec.name} to follow an earlier stream, got ${stream}`)
  const following = { ...around, spec, ordinal: before.length, followed, followedOrdinal }
  switch (kind) {
    case 'catch-up':
      return catchUp(following)
    case 'images':
      return images(following)
    case 'transfers':
      return transfers(following, before)
  }
}

/** What the rows of another stream have stored on the old side is moved. */
const catchUp = (of: Following): DrawnStream => {
  const { spec, clock, cutoverMs, followed, followedOrdinal } = of
  if (cutoverMs === undefined) throw new RangeError(`expected a cutover for ${spec.name} to follow, got none`)
  const first = followedOrdinal * patientsPerStream
  return drawnStudies(catchUpTimetable(spec, followed, { clock, cutoverMs }), of, ({ subject: row }) => ({
    patient: first + (followed.rows[row]?.subject ?? 0),
    among: 'residents',
    stream: followedOrdinal,
    row,
    isStored: true,
  }))
}

/** Devices store what is taken of the patients of emergency departments. */
const images = ({ spec, clock, subjects, ordinal, followed, followedOrdinal }: Following): DrawnStream => {
  const timetable = followingTimetable(spec, imagesRows(followed.episodes ?? [], clock), { ...followed, clock })
  return {
    timetable,
    planned: plannedStream(timetable),
    subjects: [
      ...timetable.rows.map(({ subject }) => subjects.ofEmergencyImages(emergencyPatient(followedOrdinal, subject))),
      ...smokeRows(spec).map((row) => subjects.of(row, ordinal * patientsPerStream + row.subject, spec)),
    ],
  }
}

/** What a device of an earlier stream stores, or has stored before the run, is fetched by the hospital that the patient is brought to. */
const transfers = (of: Following, before: readonly DrawnStream[]): DrawnStream => {
  const { spec, clock, ordinal, followed, followedOrdinal } = of
  const storing = before.findIndex(
    ({ timetable: { spec: earlier } }) =>
      earlier.follows?.kind === 'images' && earlier.follows.stream === spec.follows.stream,
  )
  const rowOf = new Map((before[storing]?.timetable.rows ?? []).map(({ subject }, row) => [subject, row]))
  const timetable = followingTimetable(spec, transferRows(followed.episodes ?? [], clock), { ...followed, clock })
  return drawnStudies(timetable, of, ({ subject }, number) => {
    const row = rowOf.get(subject)
    const patient = emergencyPatient(followedOrdinal, subject)
    const stored = row === undefined ? { stream: ordinal, row: number } : { stream: storing, row }
    return { patient, among: 'emergency', ...stored, isStored: row !== undefined }
  })
}
