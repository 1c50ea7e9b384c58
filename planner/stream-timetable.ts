import { arrivals } from '../generators/arrivals.ts'
import { busyness } from '../generators/busyness.ts'
import { type Curve, dayCurve, expectedBetween, retimed, scaled } from '../generators/curve.ts'
import type { Rng } from '../generators/rng.ts'
import { rowSteps } from '../generators/think-times.ts'
import type { Row } from '../model/row.ts'
import type { StreamSpec } from '../model/scenario.ts'
import { type Demand, demands } from '../region/demand.ts'
import { assumedStepMs, paceOf } from '../region/pace.ts'
import type { RunClock } from './run-clock.ts'

/** A stream's rows on the run's clock, with what was expected of them. */
export interface StreamTimetable {
  readonly spec: StreamSpec
  /** Sorted by due time. */
  readonly rows: readonly Row[]
  /** Integral of the undrawn curve over the slice. */
  readonly expected: number
  readonly drawn: number
  readonly warmUp: number
  readonly open: number
  /** Highest drawn rate while the run lasts. */
  readonly peakPerSecond: number
  /** The curve with the drawn factors, on the run's clock: what the rows' times are a sample of. */
  readonly realised: Curve
}

/** Draws a stream. Equal arguments give equal rows, whatever other streams there are. */
export const streamTimetable = (rng: Rng, spec: StreamSpec, clock: RunClock): StreamTimetable => {
  const expected = expectedCurve(spec, clock)
  const realised = scaled(expected, busynessOf(rng.split('busyness'), spec))
  const sorted = [...drawRows(rng, realised, spec)]
    .filter((row) => row.dueMs < clock.durationMs)
    .map((row) => ({ ...row, journey: spec.action }))
    .sort((a, b) => a.dueMs - b.dueMs || a.subject - b.subject)
  const isOpen = (row: Arrival) => row.arrivalMs < 0
  const inWarmUp = (row: Arrival) => row.arrivalMs >= 0 && row.arrivalMs < clock.warmUpMs
  return {
    spec,
    rows: sorted.map(({ arrivalMs: _, ...row }) => row),
    expected: expectedBetween(expected, clock.warmUpMs, clock.durationMs),
    drawn: sorted.filter((row) => !isOpen(row) && !inWarmUp(row)).length,
    warmUp: sorted.filter(inWarmUp).length,
    open: sorted.filter(isOpen).length,
    peakPerSecond: peakPerSecond(realised, clock),
    realised,
  }
}

interface Arrival extends Row {
  readonly arrivalMs: number
}

const demandOf = (spec: StreamSpec): Demand => {
  const demand = demands[spec.demand]
  if (!demand) throw new RangeError(`expected a demand of the region in stream ${spec.name}, got ${spec.demand}`)
  return demand
}

/** Two days on end, so that a slice after midnight finds the evening's journeys under way. */
const expectedCurve = (spec: StreamSpec, clock: RunClock): Curve => {
  const demand = demandOf(spec)
  const today = dayCurve({
    arrivalsPerDay: demand.arrivalsPerDay.value * clock.weekdayFactor(demand.weekdayFactors.value) * clock.rateFactor(spec.name),
    hourShares: demand.hourSharesPercent.value,
    openMinutes: demand.openMinutes,
  })
  const yesterday = retimed(today, { originMs: 0, offsetMs: -86_400_000, stretch: 1 })
  return retimed([...yesterday, ...today], clock.map)
}

/** Yesterday and today are busy alike: only yesterday's last minutes are ever used. */
const busynessOf = (rng: Rng, spec: StreamSpec): readonly number[] => {
  const factors = busyness(rng, demandOf(spec).overdispersion.value, 96)
  return [...factors, ...factors]
}

function* drawRows(rng: Rng, curve: Curve, spec: StreamSpec): Generator<Omit<Arrival, 'journey'>> {
  const seeds = rng.split('rows')
  let subject = 0
  for (const arrivalMs of arrivals(rng.split('arrivals'), curve)) {
    const seed = seeds.at(subject).uint32()
    const entry = entryOf(arrivalMs, seed, spec)
    if (entry) yield { ...entry, subject, seed, arrivalMs }
    subject++
  }
}

/** Where a journey stands when the run begins: at its first step that is still to come; undefined when it is over. */
const entryOf = (arrivalMs: number, seed: number, spec: StreamSpec): { dueMs: number; step: string } | undefined => {
  if (arrivalMs < -longestJourneyMs) return undefined
  if (arrivalMs >= 0) return { dueMs: arrivalMs, step: firstStep(spec) }
  let atMs = arrivalMs
  for (const { step, thinkMs } of rowSteps(seed, spec.action, spec.channel)) {
    if (atMs >= 0) return { dueMs: atMs, step }
    atMs += assumedStepMs.value + thinkMs
  }
  return undefined
}

const firstStep = (spec: StreamSpec): string => paceOf(spec.action, spec.channel)[0]?.step ?? ''

/** No journey of these paces lasts longer; only spares the drawing of think times for arrivals long past. */
const longestJourneyMs = 3_600_000

const peakPerSecond = (curve: Curve, clock: RunClock): number =>
  curve
    .filter((segment) => segment.toMs > 0 && segment.fromMs < clock.durationMs)
    .reduce((peak, segment) => Math.max(peak, segment.arrivalsPerMs * 1000), 0)
