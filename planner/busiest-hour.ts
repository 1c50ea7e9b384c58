import { expectedBetween } from '../generators/curve.ts'
import { rngOf } from '../generators/rng.ts'
import type { Slice } from '../model/plan.ts'
import { isArriving, type Scenario } from '../model/scenario.ts'
import { runClock } from './run-clock.ts'
import { streamCurves } from './stream-curves.ts'

const hourMs = 3_600_000

/** The whole hour of a slice of one day in which most arrivals of a scenario are expected, ms of the day. */
export const busiestHour = (scenario: Scenario, slice: Slice): { readonly fromMs: number; readonly toMs: number } => {
  const { squeezeMs: _, ...whole } = slice
  const clock = runClock(scenario, { ...whole, fullVolume: false })
  // What is expected is the same whatever is drawn.
  const curves = scenario.streams.filter(isArriving).map((spec) => streamCurves(rngOf(0), spec, clock).expected)
  const first = Math.ceil(slice.fromMs / hourMs) * hourMs
  const hours = Array.from({ length: Math.floor((slice.toMs - first) / hourMs) }, (_, hour) => first + hour * hourMs)
  const arrivalsFrom = (fromMs: number): number => {
    const atMs = clock.map.offsetMs + fromMs - clock.map.originMs
    return curves.reduce((sum, curve) => sum + expectedBetween(curve, atMs, atMs + hourMs), 0)
  }
  const fromMs = hours.toSorted((a, b) => arrivalsFrom(b) - arrivalsFrom(a))[0] ?? slice.fromMs
  return { fromMs, toMs: Math.min(slice.toMs, fromMs + hourMs) }
}
