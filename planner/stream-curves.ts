import { busyness } from '../generators/busyness.ts'
import { type Curve, dayCurve, retimed, scaled } from '../generators/curve.ts'
import type { Rng } from '../generators/rng.ts'
import type { StreamSpec } from '../model/scenario.ts'
import type { Demand } from '../region/demand.ts'
import { demands } from '../region/demands.ts'
import type { RunClock } from './run-clock.ts'

/** A stream's arrival rate on the run's clock: as the region expects it, and as this seed's day turns out. */
export interface StreamCurves {
  readonly expected: Curve
  readonly realised: Curve
  /** How much more than on the mean working day: weekday or holiday, and surge. */
  readonly dayFactor: number
}

export const streamCurves = (rng: Rng, spec: StreamSpec, clock: RunClock): StreamCurves => {
  const demand = demands[spec.demand]
  if (!demand) throw new RangeError(`expected a demand of the region in stream ${spec.name}, got ${spec.demand}`)
  const dayFactor = clock.weekdayFactor(demand.weekdayFactors.value) * (spec.surge?.value ?? 1)
  const expected = expectedCurve(demand, dayFactor * clock.rateFactor(spec.name), clock)
  const factors = busyness(rng.split('busyness'), demand.overdispersion.value, 96)
  // Yesterday and today are busy alike: only yesterday's last minutes are ever used.
  return { expected, realised: scaled(expected, [...factors, ...factors]), dayFactor }
}

/** Two days on end, so that a slice after midnight finds the evening's journeys under way. */
const expectedCurve = (demand: Demand, factor: number, clock: RunClock): Curve => {
  const today = dayCurve({
    arrivalsPerDay: demand.arrivalsPerDay.value * factor,
    hourShares: demand.hourSharesPercent.value,
    openMinutes: demand.openMinutes,
  })
  const yesterday = retimed(today, { originMs: 0, offsetMs: -86_400_000, stretch: 1 })
  return retimed([...yesterday, ...today], clock.map)
}
