import { arrivals } from '../generators/arrivals.ts'
import { type Curve, expectedBetween } from '../generators/curve.ts'
import { actionOf, stepName, stepsOf } from '../generators/journey-steps.ts'
import { patienceMs } from '../generators/patience.ts'
import type { Rng } from '../generators/rng.ts'
import { rowDraws } from '../generators/row-draws.ts'
import { rowUniform } from '../generators/row-uniform.ts'
import { thinkAfterMs } from '../generators/think-times.ts'
import type { Row } from '../model/row.ts'
import type { Action, ArrivingStream, Channel, StreamSpec } from '../model/scenario.ts'
import { assumedStepMs } from '../region/pace.ts'
import { again } from './again.ts'
import type { PlannedEpisode } from './planned-episode.ts'
import type { RunClock } from './run-clock.ts'
import { streamCurves } from './stream-curves.ts'
import { WaitingLine } from './waiting-line.ts'

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
  /** Only where rows are events. */
  readonly episodes?: readonly PlannedEpisode[]
  /** Services of the episodes that begin inside the slice; only where rows are events. */
  readonly services?: number
  /** Highest drawn rate while the run lasts. */
  readonly peakPerSecond: number
  /** The curve with the drawn factors, on the run's clock: what the rows' times are a sample of. */
  readonly realised: Curve
  /** How much more than on the mean working day. */
  readonly dayFactor: number
}

/** Draws a stream. Equal arguments give equal rows, whatever other streams there are. */
export const streamTimetable = (rng: Rng, spec: ArrivingStream, clock: RunClock): StreamTimetable => {
  const { expected, realised, dayFactor } = streamCurves(rng, spec, clock)
  const relief = rng.split('relief')
  const comes = ({ arrivalMs, subject }: Arrival) =>
    arrivalMs < 0 || relief.at(subject).float() < clock.loadRatioAt(arrivalMs)
  const sorted = rowsOf(drawArrivals(rng, realised, { spec, clock }), spec)
    .filter((row) => row.dueMs < clock.durationMs && comes(row))
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

/** Somebody who comes, and what for. */
interface Arrived {
  readonly arrivalMs: number
  readonly subject: number
  readonly seed: number
  readonly action: Action
  readonly isAgain: boolean
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

/** In the order of time. Who came so long before the run that nothing of it is left is not among them. */
const drawArrivals = (
  rng: Rng,
  curve: Curve,
  { spec, clock }: { readonly spec: StreamSpec; readonly clock: RunClock },
): readonly Arrived[] => {
  const seeds = rng.split('rows')
  const comesAgain = again(rng.split('again'), spec, curve)
  const drawn: Arrived[] = []
  let subject = 0
  for (const arrivalMs of arrivals(rng.split('arrivals'), curve)) {
    if (arrivalMs >= clock.durationMs) break
    if (arrivalMs >= -longestJourneyMs) {
      const seed = seeds.at(subject).uint32()
      const action = actionOf(seed, spec.mix)
      drawn.push({ arrivalMs, subject, seed, action, isAgain: false })
      for (const { atMs, seed: newSeed } of comesAgain({ subject, seed, atMs: arrivalMs, action }))
        drawn.push({ arrivalMs: atMs, subject, seed: newSeed, action, isAgain: true })
    }
    subject++
  }
  return drawn.sort((a, b) => a.arrivalMs - b.arrivalMs)
}

const rowsOf = (drawn: readonly Arrived[], spec: StreamSpec): Arrival[] => {
  const begins = beginsOf(spec)
  return drawn.flatMap((arrived) => {
    const { arrivalMs, isAgain } = arrived
    const { beginsMs, seed } = begins(arrived)
    const row = rowAt(beginsMs, { ...arrived, seed }, spec.channel)
    return row ? [{ ...row, arrivalMs, isAgain }] : []
  })
}

interface Beginning {
  readonly beginsMs: number
  readonly seed: number
}

/**
 * When the journey of somebody begins who came before the run; never, when they gave up before it. Calls wait for an operator
 * first. Who still waits when the run begins gets a seed of its own: patience is exponential, so what is left of it is as long
 * as a new caller's.
 */
const beginsOf = ({ pool, channel }: StreamSpec): ((arrived: Arrived) => Beginning) => {
  if (pool.kind !== 'staff' || pool.patienceMs === undefined) {
    return ({ arrivalMs, seed }) => ({ beginsMs: arrivalMs, seed })
  }
  const { people, patienceMs: meanMs } = pool
  const line = new WaitingLine(people)
  return ({ arrivalMs, seed, action }) => {
    if (arrivalMs >= 0) return { beginsMs: arrivalMs, seed }
    const patience = patienceMs(seed, meanMs)
    const call = { atMs: arrivalMs, patienceMs: patience, handlingMs: handlingMs(seed, action, channel) }
    const servedMs = line.servedAtMs(call)
    if (servedMs !== undefined && servedMs < 0) return { beginsMs: servedMs, seed }
    const isGone = servedMs === undefined && arrivalMs + patience < 0
    return isGone
      ? { beginsMs: Number.NEGATIVE_INFINITY, seed }
      : { beginsMs: 0, seed: Math.floor(rowUniform(seed, rowDraws.again) * 2 ** 32) }
  }
}

const handlingMs = (seed: number, action: Action, channel: Channel): number => {
  const steps = stepsOf(seed, action, channel)
  return steps.reduce((sum, _, index) => sum + assumedStepMs.value + thinkAfterMs(seed, steps, index), 0)
}

/** Where a journey stands when the run begins: at its first step that is still to come; undefined when it is over. */
export const rowAt = (
  beginsMs: number,
  { seed, subject, action }: Pick<Arrived, 'seed' | 'subject' | 'action'>,
  channel: Channel,
): Row | undefined => {
  if (beginsMs < -longestJourneyMs) return undefined
  const steps = stepsOf(seed, action, channel)
  let atMs = beginsMs
  for (const index of steps.keys()) {
    if (atMs >= 0) return { dueMs: atMs, journey: action, step: stepName(steps, index), subject, seed }
    atMs += assumedStepMs.value + thinkAfterMs(seed, steps, index)
  }
  return undefined
}

/** No journey of these paces lasts longer; only spares the drawing of think times for arrivals long past. */
const longestJourneyMs = 3_600_000

/** Highest rate of a curve while the run lasts. */
export const peakPerSecond = (curve: Curve, clock: RunClock): number =>
  curve
    .filter((segment) => segment.toMs > 0 && segment.fromMs < clock.durationMs)
    .reduce((peak, segment) => Math.max(peak, segment.arrivalsPerMs * 1000), 0)
