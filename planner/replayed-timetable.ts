import type { Curve } from '../generators/curve.ts'
import { actionOf } from '../generators/journey-steps.ts'
import type { Rng } from '../generators/rng.ts'
import type { ArrivingStream } from '../model/scenario.ts'
import type { ReplayedArrival } from './replay.ts'
import type { RunClock } from './run-clock.ts'
import { rowAt, type StreamTimetable, tally } from './stream-timetable.ts'

/** Arrivals are counted in stretches of about this length to find their highest rate. */
const stretchMs = 60_000

/** A stream's rows at the times of a log; what the log does not say of them is drawn. Nobody is under way when it begins. */
export const replayedTimetable = (
  rng: Rng,
  spec: ArrivingStream,
  { clock, arrivals }: { readonly clock: RunClock; readonly arrivals: readonly ReplayedArrival[] },
): StreamTimetable => {
  const seeds = rng.split('rows')
  const rows = arrivals.flatMap(({ atMs, action }, subject) => {
    const seed = seeds.at(subject).uint32()
    const of = { seed, subject, action: action ?? actionOf(seed, spec.mix) }
    return rowAt(clock.warmUpMs + atMs, of, spec.channel) ?? []
  })
  const realised = replayedCurve(arrivals, clock)
  const drawn = tally(rows)
  const mix = spec.mix.map(({ action }) => ({ action, weight: drawn[action] ?? 0 }))
  return {
    spec: rows.length === 0 ? spec : { ...spec, mix },
    rows,
    expected: rows.length,
    drawn,
    warmUp: 0,
    open: 0,
    again: 0,
    peakPerSecond: Math.max(0, ...realised.map(({ arrivalsPerMs }) => arrivalsPerMs * 1000)),
    realised,
    dayFactor: 1,
  }
}

/** Rate of the arrivals of a log on the run's clock. */
export const replayedCurve = (arrivals: readonly ReplayedArrival[], { warmUpMs, durationMs }: RunClock): Curve => {
  const lastsMs = durationMs - warmUpMs
  // Equal stretches: one arrival in a short last one would look like a thousand a second.
  const counts = Array<number>(Math.max(1, Math.floor(lastsMs / stretchMs))).fill(0)
  const lengthMs = lastsMs / counts.length
  for (const { atMs } of arrivals) {
    const stretch = Math.min(counts.length - 1, Math.floor(atMs / lengthMs))
    counts[stretch] = (counts[stretch] ?? 0) + 1
  }
  return counts.map((count, index) => ({
    fromMs: warmUpMs + index * lengthMs,
    toMs: warmUpMs + (index + 1) * lengthMs,
    arrivalsPerMs: count / Math.max(lengthMs, stretchMs),
  }))
}
