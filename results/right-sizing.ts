import { capacityReserve } from '../region/energy.ts'

/** What was measured, and what is to come. */
export interface Demand {
  /** Virtual processors with which the limit was measured. */
  readonly vcpus: number
  /** Greatest load that met every gate, in multiples of the scenario’s. */
  readonly limitScale: number
  /** Greatest load that is forecast, in the same. */
  readonly forecastScale: number
}

/** How many virtual processors to provision. */
export interface RightSize {
  readonly vcpus: number
  /** Those that are there and not needed; below 0: those that are missing. */
  readonly spareVcpus: number
  /** What is left of the limit under the forecast, 1 − forecast / limit; below 0: it does not suffice. */
  readonly headroomRatio: number
  /** The forecast is beyond what was measured: whether more processors carry so much more is not. */
  readonly isExtrapolated: boolean
}

/**
 * Between limit and forecast: the least processors whose limit is above the forecast by the reserve, ⌈V × forecast / (limit ×
 * (1 − reserve))⌉, at least one, as if the limit grew with the processors. Throws a RangeError unless all three are above 0.
 */
export const rightSize = ({ vcpus, limitScale, forecastScale }: Demand): RightSize => {
  const given = [vcpus, limitScale, forecastScale]
  if (!given.every((value) => value > 0 && Number.isFinite(value)))
    throw new RangeError(`expected processors, limit and forecast above 0, got ${given.join(', ')}`)
  const wanted = Math.ceil((vcpus * forecastScale) / (limitScale * (1 - capacityReserve.value)))
  return {
    vcpus: wanted,
    spareVcpus: vcpus - wanted,
    headroomRatio: 1 - forecastScale / limitScale,
    isExtrapolated: forecastScale > limitScale,
  }
}
