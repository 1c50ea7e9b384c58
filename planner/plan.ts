import { createHash } from 'node:crypto'
import { expectedBetween } from '../generators/curve.ts'
import type { FiscalCodeMode } from '../generators/fiscal-code.ts'
import { type Rng, rngOf } from '../generators/rng.ts'
import { systemOf } from '../generators/system-of.ts'
import { Failure } from '../model/failure.ts'
import type { ImageSize, Plan, Slice } from '../model/plan.ts'
import { isArriving, type Scenario, type StreamSpec } from '../model/scenario.ts'
import { isImageSystem, type SystemName, systemNames } from '../model/system.ts'
import { lines } from '../region/lines.ts'
import { AgendaBook } from './agendas.ts'
import { datasetOf } from './dataset.ts'
import type { DrawnPlan, DrawnStream } from './drawn-plan.ts'
import { drawnStream } from './drawn-stream.ts'
import { paperOf } from './paper.ts'
import { People } from './people.ts'
import type { Replay } from './replay.ts'
import { phasesOf, type RunClock, runClock } from './run-clock.ts'
import { settleMs } from './settle.ts'
import { streamCurves } from './stream-curves.ts'
import { Subjects } from './subject.ts'
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

/** Throws a usage Failure for a run that leaves no time to move what follows the cutover. */
const cutoverOf = ({ cutoverRatio }: Scenario, { warmUpMs, durationMs }: RunClock): number | undefined => {
  if (cutoverRatio === undefined) return undefined
  const cutoverMs = warmUpMs + cutoverRatio * (durationMs - warmUpMs)
  if (durationMs - cutoverMs > settleMs) return cutoverMs
  throw new Failure(
    'usage',
    `expected more than ${settleMs / 1000} s after the cutover, got ${(durationMs - cutoverMs) / 1000} s`,
    'lengthen the slice or the squeeze',
  )
}

/** What has to be drawn: everything of the day until the slice ends. */
const expectedArrivals = (rng: Rng, spec: StreamSpec, clock: RunClock): number =>
  !isArriving(spec)
    ? 0
    : expectedBetween(streamCurves(rng, spec, clock).expected, Number.NEGATIVE_INFINITY, clock.durationMs)

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
  const paper = paperOf(scenario, clock)
  const drawing = { rng: rng.split('streams'), clock, cutoverMs, paper, subjects, slice, replay }
  const streams: DrawnStream[] = []
  for (const spec of scenario.streams) streams.push(drawnStream(spec, streams, drawing))
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
    streams: streams.map(({ planned }) =>
      scenario.overLines ? { ...planned, line: lines.value[planned.channel] } : planned,
    ),
    ...(scenario.leftOut && { leftOut: [...scenario.leftOut] }),
    systems,
    ...(imageSize && { imageSize }),
    ...(cutoverMs !== undefined && { cutoverMs }),
    ...(paper && { paper }),
    ...(scenario.slowRequests && { slowRequests: scenario.slowRequests }),
    searchArea: scenario.searchArea ?? 'region',
    totals: totalsOf(streams, { imageSize, warmUpMs: clock.warmUpMs }),
    dataset: datasetOf({ streams, agendas }, { seed, systems, imageSize }),
    gates: [...scenario.gates],
  }
  return { plan: { ...facts, fingerprint: fingerprintOf(facts, streams) }, streams, agendas }
}

/** The systems that a scenario's journeys call, and those that these call. */
const systemsOf = ({ streams, cutoverRatio }: Scenario): SystemName[] => {
  const called = new Set<SystemName>(streams.flatMap(({ mix }) => mix.map(({ action }) => systemOf(action))))
  if (called.has('recup')) called.add('prescriptions')
  if (cutoverRatio !== undefined) called.add('archive')
  return systemNames.filter((name) => called.has(name))
}

const fingerprintOf = (facts: Omit<Plan, 'fingerprint'>, streams: readonly DrawnStream[]): string => {
  const hash = createHash('sha256').update(JSON.stringify(facts))
  for (const { timetable } of streams) hash.update(JSON.stringify(timetable.rows))
  return hash.digest('hex')
}
