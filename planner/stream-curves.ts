import { busyness } from '../generators/busyness.ts'
import { type Curve, dayCurve, retimed, scaled } from '../generators/curve.ts'
import type { Rng } from '../generators/rng.ts'
import type { ArrivingStream, StreamSpec } from '../model/scenario.ts'
import { calendarDay, dayFactor } from '../region/day-factor.ts'
import type { Demand } from '../region/demand.ts'
import { demands } from '../region/demands.ts'
import { isEpisodic } from './episodic.ts'
import type { RunClock } from './run-clock.ts'

/** A stream's arrival rate on the run's clock: as the region expects it, and as this seed's days turn out. */
export interface StreamCurves {
  readonly expected: Curve
  readonly realised: Curve
  /** How much more than on the mean day, over the days of the slice: weekday or holiday, and surge. */
  readonly dayFactor: number
}

/** How many days before the slice a stream's curve begins, and whether a squeeze presses that time together too. */
interface Reach {
  readonly days: number
  readonly isSqueezed: boolean
}

/** A journey is over within the hour; an episode may last for days, and its waits are squeezed whenever it began. */
const reachOf = (spec: StreamSpec): Reach =>
  isEpisodic(spec) ? { days: 7, isSqueezed: true } : { days: 1, isSqueezed: false }

export const streamCurves = (rng: Rng, spec: ArrivingStream, clock: RunClock): StreamCurves => {
  const reach = reachOf(spec)
  const demand = demands[spec.demand]
  if (!demand) throw new RangeError(`expected a demand of the region in stream ${spec.name}, got ${spec.demand}`)
  const factors = dayFactors(demand, reach, clock).map((factor) => factor * (spec.surge?.value ?? 1))
  const within = factors.slice(reach.days)
  const dayMap = { ...clock.map, stretchBefore: reach.isSqueezed ? clock.map.stretch : 1 }
  const expected = retimed(daysOnEnd(demand, { factors, rate: clock.rateFactor(spec.name) }, reach), dayMap)
  const busy = clock.isMeanDay
    ? []
    : factors.flatMap((_, index) =>
        busyness(busynessOf(rng, index - reach.days), demand.overdispersion.value, quarters),
      )
  return { expected, realised: scaled(expected, busy), dayFactor: mean(within) }
}

const quarters = 96

const busynessOf = (rng: Rng, day: number): Rng =>
  day === 0 ? rng.split('busyness') : rng.split('busyness').split(`day ${day}`)

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Of the days before the slice and of its own. A number of days with a day's name that is no whole number of weeks has odd
 * days over: where all days have mean 1, so have they.
 */
const dayFactors = (demand: Demand, { days: before }: Reach, { day, days }: RunClock): readonly number[] => {
  const factors = Array.from({ length: before + days }, (_, index) =>
    dayFactor(demand, calendarDay(day, index - before)),
  )
  const isTypical = demand.meanOver === 'all-days' && days > 7 && calendarDay(day, 0).kind === 'weekday'
  const level = isTypical ? mean(factors.slice(before)) : 1
  return factors.map((factor) => factor / level)
}

const dayMs = 86_400_000

const daysOnEnd = (
  demand: Demand,
  { factors, rate }: { readonly factors: readonly number[]; readonly rate: number },
  { days: before }: Reach,
): Curve =>
  factors.flatMap((factor, index) =>
    retimed(
      dayCurve({
        arrivalsPerDay: demand.arrivalsPerDay.value * factor * rate,
        hourShares: demand.hourSharesPercent.value,
        openMinutes: demand.openMinutes,
      }),
      { originMs: 0, offsetMs: (index - before) * dayMs, stretch: 1 },
    ),
  )
