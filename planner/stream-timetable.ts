import { arrivals } from '../generators/arrivals.ts'
import { type Curve, expectedBetween } from '../generators/curve.ts'
import { actionOf, stepName, stepsOf } from '../generators/journey-steps.ts'
import type { Rng } from '../generators/rng.ts'
import { thinkAfterMs } from '../generators/think-times.ts'
import type { Row } from '../model/row.ts'
import type { Action, StreamSpec } from '../model/scenario.ts'
import { assumedStepMs } from '../region/pace.ts'
import { type Again, again } from './again.ts'
import type { RunClock } from './run-clock.ts'
import { streamCurves } from './stream-curves.ts'

/** A stream's rows on the run's clock, with what was expected of them. */
export interface StreamTimetable {
  readonly spec: StreamSpec
  /** Sorted by due time. */
  readonly rows: readonly Row[]
  /** Integral of the undrawn curve over the slice. */
  readonly expected: number
  /** Arrivals inside the slice, by what they do, without those who come again. */
  readonly drawn: Readonly<Partial<Record<Action, number>>>
  readonly warmUp: number
  readonly open: number
  /** Rows of those who come again: redials, second desks. */
  readonly again: number
  /** Highest drawn rate while the run lasts. */
  readonly peakPerSecond: number
  /** The curve with the drawn factors, on the run's clock: what the rows' times are a sample of. */
  readonly realised: Curve
  /** How much more than on the mean working day. */
  readonly dayFactor: number
}

/** Draws a stream. Equal arguments give equal rows, whatever other streams there are. */
export const streamTimetable = (rng: Rng, spec: StreamSpec, clock: RunClock): StreamTimetable => {
  const { expected, realised, dayFactor } = streamCurves(rng, spec, clock)
  const sorted = [...drawRows(rng, realised, { spec, clock })]
    .filter((row) => row.dueMs < clock.durationMs)
    .sort((a, b) => a.dueMs - b.dueMs || a.subject - b.subject)
  const first = sorted.filter(({ isAgain }) => !isAgain)
  const isOpen = (row: Arrival) => row.arrivalMs < 0
  const inWarmUp = (row: Arrival) => row.arrivalMs >= 0 && row.arrivalMs < clock.warmUpMs
  return {
    spec,
    rows: sorted.map(rowOf),
    expected: expectedBetween(expected, clock.warmUpMs, clock.durationMs),
    drawn: tally(first.filter((row) => !isOpen(row) && !inWarmUp(row))),
    warmUp: first.filter(inWarmUp).length,
    open: first.filter(isOpen).length,
    again: sorted.length - first.length,
    peakPerSecond: peakPerSecond(realised, clock),
    realised,
    dayFactor,
  }
}

interface Arrival extends Row {
  readonly arrivalMs: number
  readonly isAgain: boolean
}

const rowOf = ({ dueMs, journey, step, subject, seed }: Arrival): Row => ({ dueMs, journey, step, subject, seed })

/** Rows by what they do. */
export const tally = (rows: readonly Row[]): Partial<Record<Action, number>> => {
  const counts: Partial<Record<Action, number>> = {}
  for (const { journey } of rows) counts[journey] = (counts[journey] ?? 0) + 1
  return counts
}

function* drawRows(
  rng: Rng,
  curve: Curve,
  { spec, clock }: { readonly spec: StreamSpec; readonly clock: RunClock },
): Generator<Arrival> {
  const seeds = rng.split('rows')
  const comesAgain = again(rng.split('again'), spec, curve)
  let subject = 0
  for (const arrivalMs of arrivals(rng.split('arrivals'), curve)) {
    if (arrivalMs >= clock.durationMs) return
    const seed = seeds.at(subject).uint32()
    const row = rowAt(arrivalMs, { seed, subject }, spec)
    if (row) yield { ...row, arrivalMs, isAgain: false }
    for (const later of comesAgain({ subject, atMs: arrivalMs, action: actionOf(seed, spec.mix) }))
      yield* rowsAgain(later, subject, spec)
    subject++
  }
}

function* rowsAgain({ atMs, seed, action }: Again, subject: number, spec: StreamSpec): Generator<Arrival> {
  const row = rowAt(atMs, { seed, subject }, { ...spec, mix: [{ action, weight: 1 }] })
  if (row) yield { ...row, arrivalMs: atMs, isAgain: true }
}

/** Where a journey stands when the run begins: at its first step that is still to come; undefined when it is over. */
export const rowAt = (
  arrivalMs: number,
  { seed, subject }: { readonly seed: number; readonly subject: number },
  { mix, channel }: StreamSpec,
): Row | undefined => {
  if (arrivalMs < -longestJourneyMs) return undefined
  const journey = actionOf(seed, mix)
  const steps = stepsOf(seed, journey, channel)
  let atMs = arrivalMs
  for (const index of steps.keys()) {
    if (atMs >= 0) return { dueMs: atMs, journey, step: stepName(steps, index), subject, seed }
    atMs += assumedStepMs.value + thinkAfterMs(seed, steps, index)
  }
  return undefined
}

/** No journey of these paces lasts longer; only spares the drawing of think times for arrivals long past. */
const longestJourneyMs = 3_600_000

const peakPerSecond = (curve: Curve, clock: RunClock): number =>
  curve
    .filter((segment) => segment.toMs > 0 && segment.fromMs < clock.durationMs)
    .reduce((peak, segment) => Math.max(peak, segment.arrivalsPerMs * 1000), 0)
