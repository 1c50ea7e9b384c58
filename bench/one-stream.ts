import { expectedBetween } from '../generators/curve.ts'
import { rngOf } from '../generators/rng.ts'
import type { Slice } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import { runClock } from '../planner/run-clock.ts'
import { streamCurves } from '../planner/stream-curves.ts'
import { recupDay } from '../scenarios/recup-day.ts'

/** When phones and counters open, so nothing is under way yet. */
const openingMs = 7.5 * 3_600_000

export interface OneStream {
  readonly stream: 'phone' | 'web' | 'counter'
  readonly rowsPerSecond: number
  readonly seconds: number
  readonly actors: number
}

/** One stream of the ReCUP day alone, at a mean rate. The rate is set by the scale: everything else is what a real run does. */
export const oneStream = ({
  stream,
  rowsPerSecond,
  seconds,
  actors,
}: OneStream): { readonly scenario: Scenario; readonly slice: Slice } => {
  const streams = recupDay.streams
    .filter(({ name }) => name === stream)
    .map((spec) => ({ ...spec, pool: { kind: 'staff' as const, people: actors } }))
  const scenario = { ...recupDay, streams, warmUpMs: 0, drainCapMs: 30_000 }
  const slice = { day: 'weekday', fromMs: openingMs, toMs: openingMs + seconds * 1000, fullVolume: false, scale: {} }
  const expected = streams.flatMap((spec) => {
    const { realised } = streamCurves(rngOf(1).split('streams').split(spec.name), spec, runClock(scenario, slice))
    return [expectedBetween(realised, 0, seconds * 1000)]
  })
  return { scenario, slice: { ...slice, scale: { [stream]: (rowsPerSecond * seconds) / (expected[0] ?? 1) } } }
}
