import { createHash } from 'node:crypto'
import { expectedBetween } from '../generators/curve.ts'
import type { FiscalCodeMode } from '../generators/fiscal-code.ts'
import { stepName, stepsOf } from '../generators/journey-steps.ts'
import { type Rng, rngOf } from '../generators/rng.ts'
import { systemOf } from '../generators/system-of.ts'
import { Failure } from '../model/failure.ts'
import type { ImageSize, Plan, PlannedStream, Slice } from '../model/plan.ts'
import type { Row } from '../model/row.ts'
import type { Scenario, StreamSpec } from '../model/scenario.ts'
import { isImageSystem, type SystemName, systemNames } from '../model/system.ts'
import { type Agenda, AgendaBook } from './agendas.ts'
import { catchUpTimetable } from './catch-up-timetable.ts'
import { datasetOf } from './dataset.ts'
import { type EpisodeTimetable, episodeTimetable } from './episode-timetable.ts'
import { isEpisodic } from './episodic.ts'
import { onShift } from './on-shift.ts'
import { People } from './people.ts'
import { poolOf } from './pool.ts'
import type { Replay } from './replay.ts'
import { replayedTimetable } from './replayed-timetable.ts'
import { phasesOf, type RunClock, runClock } from './run-clock.ts'
import { streamCurves } from './stream-curves.ts'
import { type StreamTimetable, streamTimetable } from './stream-timetable.ts'
import { type Subject, Subjects } from './subject.ts'
import { totalsOf } from './totals.ts'

export interface PlanRequest {
  readonly scenario: Scenario
  readonly slice: Slice
  readonly seed: number
  readonly fiscalCodes: FiscalCodeMode
  /** Real arrivals in place of the curves; the slice is theirs. */
  readonly replay?: Replay | undefined
  /** Of diagnostic images, where the scenario has some; full when absent. */
  readonly imageSize?: ImageSize | undefined
}

export interface DrawnStream {
  readonly planned: PlannedStream
  readonly timetable: StreamTimetable
  /** One for each row, in the same order, or for each episode; and one more for each action of the smoke run. */
  readonly subjects: readonly Subject[]
}

/** A plan with all that was drawn for it. */
export interface DrawnPlan {
  readonly plan: Plan
  readonly streams: readonly DrawnStream[]
  readonly agendas: readonly Agenda[]
}

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

/** About ten seconds of drawing, and 1,000 times the region's day: a mistyped scale would otherwise be drawn until memory ends. */
const mostArrivals = 100_000_000

const mustBeDrawable = ({ scenario }: PlanRequest, rng: Rng, clock: RunClock): void => {
  const expected = scenario.streams.reduce((sum, spec) => sum + expectedArrivals(rng, spec, clock), 0)
  if (expected <= mostArrivals) return
  throw new Failure(
    'usage',
    `expected at most ${mostArrivals} arrivals in a plan, got ${Math.round(expected)}`,
    'lower --scale or shorten the slice',
  )
}

const cutoverOf = ({ cutoverRatio }: Scenario, { warmUpMs, durationMs }: RunClock): number | undefined =>
  cutoverRatio === undefined ? undefined : warmUpMs + cutoverRatio * (durationMs - warmUpMs)

/** What has to be drawn: everything of the day until the slice ends. */
const expectedArrivals = (rng: Rng, spec: StreamSpec, clock: RunClock): number =>
  expectedBetween(streamCurves(rng, spec, clock).expected, Number.NEGATIVE_INFINITY, clock.durationMs)

/** Draws a plan. Pure: equal requests give equal plans. Throws a usage Failure for one too large to draw. */
export const drawPlan = (request: PlanRequest): DrawnPlan => {
  const { scenario, slice, seed, fiscalCodes, replay } = request
  const rng = rngOf(seed)
  const clock = runClock(scenario, slice)
  if (!replay) mustBeDrawable(request, rng, clock)
  const smokeBookings = scenario.streams.flatMap(({ mix }) => mix.filter(({ action }) => action === 'book')).length
  const book = new AgendaBook(rng.split('agendas'), scenario.agenda, smokeBookings)
  const subjects = new Subjects(new People(seed, fiscalCodes), rng.split('prescriptions'), book)
  const cutoverMs = cutoverOf(scenario, clock)
  const streams: DrawnStream[] = []
  for (const [ordinal, everybody] of scenario.streams.entries()) {
    const spec = onShift(everybody, slice)
    const of = rng.split('streams').split(spec.name)
    const replayed = replay && (replay.arrivals.get(spec.name) ?? [])
    const populating = { subjects, first: ordinal * patientsPerStream }
    const followed = streams.findIndex(({ planned }) => planned.name === spec.catchesUp)
    if (isEpisodic(spec)) {
      streams.push(drawnEpisodes(episodeTimetable(of, spec, { clock, replayed }), populating))
    } else if (streams[followed] && cutoverMs !== undefined) {
      const timetable = catchUpTimetable(spec, streams[followed].timetable, { clock, cutoverMs })
      streams.push(
        drawnMoves(timetable, { ...populating, ordinal, followed: { ...streams[followed], ordinal: followed } }),
      )
    } else {
      const timetable = replayed
        ? replayedTimetable(of, spec, { clock, arrivals: replayed })
        : streamTimetable(of, spec, clock)
      streams.push(
        spec.mix.some(({ action }) => action === 'move-study')
          ? drawnMoves(timetable, { ...populating, ordinal })
          : drawnRows(timetable, populating),
      )
    }
  }
  const agendas = book.build()
  const systems = systemsOf(scenario)
  const imageSize = systems.some(isImageSystem) ? (request.imageSize ?? 'full') : undefined
  const facts = {
    schemaVersion: 1 as const,
    scenario: scenario.name,
    seed,
    fiscalCodes,
    slice,
    durationMs: clock.durationMs,
    drainCapMs: scenario.drainCapMs,
    phases: [...phasesOf(scenario, clock)],
    streams: streams.map(({ planned }) => planned),
    systems,
    ...(imageSize && { imageSize }),
    ...(cutoverMs !== undefined && { cutoverMs }),
    searchArea: scenario.searchArea ?? 'region',
    totals: totalsOf(streams, imageSize),
    dataset: datasetOf({ streams, agendas }, { seed, systems, imageSize }),
    gates: [...scenario.gates],
  }
  return { plan: { ...facts, fingerprint: fingerprintOf(facts, streams) }, streams, agendas }
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

/** The systems that a scenario's journeys call, and those that these call. */
const systemsOf = ({ streams, cutoverRatio }: Scenario): SystemName[] => {
  const called = new Set<SystemName>(streams.flatMap(({ mix }) => mix.map(({ action }) => systemOf(action))))
  if (called.has('recup')) called.add('prescriptions')
  if (cutoverRatio !== undefined) called.add('archive')
  return systemNames.filter((name) => called.has(name))
}

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

const fingerprintOf = (facts: Omit<Plan, 'fingerprint'>, streams: readonly DrawnStream[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(facts))
  for (const { timetable } of streams) hash.update(JSON.stringify(timetable.rows))
  return hash.digest('hex')
}
