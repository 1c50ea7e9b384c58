import { expectedBetween } from '../generators/curve.ts'
import { rngOf } from '../generators/rng.ts'
import type { Slice } from '../model/plan.ts'
import { type Action, isArriving, type Scenario } from '../model/scenario.ts'
import { runClock } from '../planner/run-clock.ts'
import { streamCurves } from '../planner/stream-curves.ts'
import { demands } from '../region/demands.ts'
import { recupDay } from '../scenarios/recup-day.ts'

/** When a stream opens, so that nothing is under way yet; one that never closes is taken when the phones open. */
const openingMs = (stream: string): number => {
  const demand = recupDay.streams.filter(isArriving).find(({ name }) => name === stream)?.demand ?? ''
  return (demands[demand]?.openMinutes.from || 7.5 * 60) * 60_000
}

export interface OneStream {
  readonly stream: string
  /** Only this action of the stream; all that it has when absent. */
  readonly action?: Action | undefined
  readonly rowsPerSecond: number
  readonly seconds: number
  readonly actors: number
}

/** One stream of the ReCUP day alone, at a mean rate. The rate is set by the scale: everything else is what a real run does. */
export const oneStream = ({
  stream,
  action,
  rowsPerSecond,
  seconds,
  actors,
}: OneStream): { readonly scenario: Scenario; readonly slice: Slice } => {
  const streams = recupDay.streams
    .filter(isArriving)
    .filter(({ name }) => name === stream)
    .map((spec) => ({
      ...spec,
      pool: { kind: 'staff' as const, people: actors },
      mix: action === undefined ? spec.mix : [{ action, weight: 1 }],
    }))
  const scenario = { ...recupDay, streams, warmUpMs: 0, drainCapMs: 30_000 }
  const fromMs = openingMs(stream)
  const slice = { day: 'weekday', fromMs, toMs: fromMs + seconds * 1000, fullVolume: false, scale: {} }
  const expected = streams.flatMap((spec) => {
    const { realised } = streamCurves(rngOf(1).split('streams').split(spec.name), spec, runClock(scenario, slice))
    return [expectedBetween(realised, 0, seconds * 1000)]
  })
  return { scenario, slice: { ...slice, scale: { [stream]: (rowsPerSecond * seconds) / (expected[0] ?? 1) } } }
}
