import { arrivals } from '../generators/arrivals.ts'
import { type Curve, expectedBetween } from '../generators/curve.ts'
import type { Rng } from '../generators/rng.ts'
import { journeySteps, thinkAfterMs } from '../generators/think-times.ts'
import type { Row } from '../model/row.ts'
import type { StreamSpec } from '../model/scenario.ts'
import { assumedStepMs } from '../region/pace.ts'
import type { RunClock } from './run-clock.ts'
import { streamCurves } from './stream-curves.ts'

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
  const { expected, realised } = streamCurves(rng, spec, clock)
  const sorted = [...drawRows(rng, realised, { spec, untilMs: clock.durationMs })]
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

function* drawRows(
  rng: Rng,
  curve: Curve,
  { spec, untilMs }: { spec: StreamSpec; untilMs: number },
): Generator<Omit<Arrival, 'journey'>> {
  const seeds = rng.split('rows')
  let subject = 0
  for (const arrivalMs of arrivals(rng.split('arrivals'), curve)) {
    if (arrivalMs >= untilMs) return
    const seed = seeds.at(subject).uint32()
    const entry = entryOf(arrivalMs, seed, spec)
    if (entry) yield { ...entry, subject, seed, arrivalMs }
    subject++
  }
}

/** Where a journey stands when the run begins: at its first step that is still to come; undefined when it is over. */
const entryOf = (arrivalMs: number, seed: number, spec: StreamSpec): { dueMs: number; step: string } | undefined => {
  if (arrivalMs < -longestJourneyMs) return undefined
  if (arrivalMs >= 0) return { dueMs: arrivalMs, step: journeySteps(spec)[0] ?? '' }
  let atMs = arrivalMs
  for (const [index, step] of journeySteps(spec).entries()) {
    if (atMs >= 0) return { dueMs: atMs, step }
    atMs += assumedStepMs.value + thinkAfterMs(seed, spec, index)
  }
  return undefined
}

/** No journey of these paces lasts longer; only spares the drawing of think times for arrivals long past. */
const longestJourneyMs = 3_600_000

const peakPerSecond = (curve: Curve, clock: RunClock): number =>
  curve
    .filter((segment) => segment.toMs > 0 && segment.fromMs < clock.durationMs)
    .reduce((peak, segment) => Math.max(peak, segment.arrivalsPerMs * 1000), 0)
