import { createHash } from 'node:crypto'
import { expectedBetween } from '../generators/curve.ts'
import type { Person } from '../generators/fhir/patient.ts'
import type { FiscalCodeMode } from '../generators/fiscal-code.ts'
import { type Prescription, prescriptionOf } from '../generators/prescription.ts'
import { type Rng, rngOf } from '../generators/rng.ts'
import { journeySteps } from '../generators/think-times.ts'
import { Failure } from '../model/failure.ts'
import type { Plan, PlannedStream, Slice } from '../model/plan.ts'
import type { Row } from '../model/row.ts'
import type { Scenario, StreamSpec } from '../model/scenario.ts'
import { structures } from '../region/structures.ts'
import { type Agenda, AgendaBook, type SlotPlace } from './agendas.ts'
import { People } from './people.ts'
import { poolOf } from './pool.ts'
import { phasesOf, type RunClock, runClock } from './run-clock.ts'
import { streamCurves } from './stream-curves.ts'
import { type StreamTimetable, streamTimetable } from './stream-timetable.ts'

export interface PlanRequest {
  readonly scenario: Scenario
  readonly slice: Slice
  readonly seed: number
  readonly fiscalCodes: FiscalCodeMode
}

/** What a row works on. */
export interface Subject {
  readonly person: Person
  readonly prescription: Prescription
  /** The slot of an appointment that `prepare` makes (held or booked) or, free, that the journey has already chosen. */
  readonly place: SlotPlace | undefined
  /** What `prepare` makes of it; `none` for rows that start from nothing but a prescription. */
  readonly prepared: 'none' | 'booked' | 'pending'
}

export interface DrawnStream {
  readonly planned: PlannedStream
  readonly timetable: StreamTimetable
  /** One for each row, in the same order, and one more for the smoke run. */
  readonly subjects: readonly Subject[]
}

/** A plan with all that was drawn for it. */
export interface DrawnPlan {
  readonly plan: Plan
  readonly streams: readonly DrawnStream[]
  readonly agendas: readonly Agenda[]
}

/** Patients of stream n are numbered from n times this, so streams never share a patient. */
const patientsPerStream = 100_000_000

/** A row that only the smoke run walks, behind all others; its patient is the stream's last number. */
const smokeRow = ({ spec }: StreamTimetable): Row => ({
  dueMs: 0,
  journey: spec.action,
  step: journeySteps(spec)[0] ?? '',
  subject: patientsPerStream - 1,
  seed: 1,
})

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

/** What has to be drawn: everything of the day until the slice ends. */
const expectedArrivals = (rng: Rng, spec: StreamSpec, clock: RunClock): number =>
  expectedBetween(streamCurves(rng, spec, clock).expected, Number.NEGATIVE_INFINITY, clock.durationMs)

/** Draws a plan. Pure: equal requests give equal plans. Throws a usage Failure for one too large to draw. */
export const drawPlan = (request: PlanRequest): DrawnPlan => {
  const { scenario, slice, seed, fiscalCodes } = request
  const rng = rngOf(seed)
  const clock = runClock(scenario, slice)
  mustBeDrawable(request, rng, clock)
  const book = new AgendaBook(rng.split('agendas'), scenario.agenda, scenario.streams.length)
  const people = new People(seed, fiscalCodes)
  const streams = scenario.streams.map((spec, ordinal): DrawnStream => {
    const timetable = streamTimetable(rng.split('streams').split(spec.name), spec, clock)
    const subjectOf = subjects(people, rng.split('prescriptions'), book)
    return {
      timetable,
      planned: plannedStream(timetable),
      subjects: [...timetable.rows, smokeRow(timetable)].map((row) =>
        subjectOf(row, ordinal * patientsPerStream + row.subject),
      ),
    }
  })
  const agendas = book.build()
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
    totals: { operations: operationsOf(streams) },
    dataset: datasetOf(streams, agendas),
    gates: [...scenario.gates],
  }
  return { plan: { ...facts, fingerprint: fingerprintOf(facts, streams) }, streams, agendas }
}

const subjects =
  (people: People, rng: Rng, book: AgendaBook) =>
  (row: Row, patient: number): Subject => {
    const person = people.of(patient)
    const prescription = book.wanted(prescriptionOf(rng.at(patient), patient))
    if (row.journey === 'accept') {
      return { person, prescription, place: book.takeToday(prescription), prepared: 'booked' }
    }
    book.expectBooking(prescription)
    switch (row.step) {
      case 'hold':
        return { person, prescription, place: book.reserve(prescription, 'free'), prepared: 'none' }
      case 'book':
        return { person, prescription, place: book.reserve(prescription, 'held'), prepared: 'pending' }
      default:
        return { person, prescription, place: undefined, prepared: 'none' }
    }
  }

const plannedStream = (timetable: StreamTimetable): PlannedStream => ({
  name: timetable.spec.name,
  action: timetable.spec.action,
  channel: timetable.spec.channel,
  connection: timetable.spec.connection,
  expected: timetable.expected,
  drawn: timetable.drawn,
  open: timetable.open,
  warmUp: timetable.warmUp,
  ...poolOf(timetable),
  ...callsOf(timetable.spec),
})

const callsOf = ({ pool }: StreamSpec): Pick<PlannedStream, 'calls'> =>
  pool.kind === 'staff' && pool.patienceMs !== undefined
    ? { calls: { operators: pool.people, patienceMs: pool.patienceMs } }
    : {}

const operationsOf = (streams: readonly DrawnStream[]) => ({
  expected: streams.reduce((sum, { planned }) => sum + planned.expected, 0),
  drawn: streams.reduce((sum, { planned }) => sum + planned.drawn, 0),
})

const datasetOf = (streams: readonly DrawnStream[], agendas: readonly Agenda[]): Plan['dataset'] => {
  const all = streams.flatMap((stream) => stream.subjects)
  return {
    organizations: structures.value.length,
    patients: all.length,
    prescriptions: all.length,
    schedules: agendas.length,
    slots: agendas.reduce((sum, agenda) => sum + agenda.slots.length, 0),
    appointments: all.filter(({ prepared }) => prepared !== 'none').length,
  }
}

const fingerprintOf = (facts: Omit<Plan, 'fingerprint'>, streams: readonly DrawnStream[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(facts))
  for (const { timetable } of streams) hash.update(JSON.stringify(timetable.rows))
  return hash.digest('hex')
}
