import type { Phase } from '../model/phase.ts'
import type { Slice } from '../model/plan.ts'
import type { Scenario } from '../model/scenario.ts'
import { dayNames, weekdayOf } from '../region/calendar.ts'
import { isHoliday } from '../region/holidays.ts'

/** How the calendar maps to the run's clock, whose 0 is the start of the warm-up. */
export interface RunClock {
  readonly warmUpMs: number
  /** Warm-up and slice; the drain comes after. */
  readonly durationMs: number
  readonly map: { readonly originMs: number; readonly offsetMs: number; readonly stretch: number }
  weekdayFactor(factors: readonly number[]): number
  /** Factor on a stream's rate: its scale, and the squeeze where the full volume is wanted. */
  rateFactor(stream: string): number
}

export const runClock = (scenario: Scenario, slice: Slice): RunClock => {
  const sliceMs = slice.toMs - slice.fromMs
  const stretch = (slice.squeezeMs ?? sliceMs) / sliceMs
  const density = slice.fullVolume ? 1 / stretch : 1
  const weekday = weekdayIndex(slice.day)
  return {
    warmUpMs: scenario.warmUpMs,
    durationMs: scenario.warmUpMs + sliceMs * stretch,
    map: { originMs: slice.fromMs, offsetMs: scenario.warmUpMs, stretch },
    weekdayFactor: (factors) => (weekday === undefined ? 1 : (factors[weekday] ?? 1)),
    rateFactor: (stream) => (slice.scale[stream] ?? slice.scale['*'] ?? 1) * density,
  }
}

/** undefined: the mean working day. A public holiday is like a Sunday. */
const weekdayIndex = (day: string): number | undefined => {
  if (day === 'weekday') return undefined
  const named = dayNames.map(String).indexOf(day)
  if (named >= 0) return named
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return isHoliday(year, month, date) ? sunday : weekdayOf(year, month, date)
}

const sunday = 6

export const phasesOf = (scenario: Scenario, clock: RunClock): readonly Phase[] => [
  { name: 'warm-up', fromMs: 0, toMs: clock.warmUpMs },
  { name: 'steady', fromMs: clock.warmUpMs, toMs: clock.durationMs },
  { name: 'drain', fromMs: clock.durationMs, toMs: clock.durationMs + scenario.drainCapMs },
]
