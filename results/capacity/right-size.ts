import { capacityReserve } from '../../region/energy.ts'

/** What was measured, and what is to come. */
export interface Demand {
  /** Virtual processors with which the limit was measured. */
  readonly vcpus: number
  /** Greatest load that met every gate. */
  readonly limit: number
  /** Greatest load that is forecast, in the same unit. */
  readonly forecast: number
}

/**
 * Virtual processors to provision: the least whose limit is above the forecast by the reserve, ⌈V × forecast / (limit × (1 − reserve))⌉,
 * at least one, as if the limit grew with the processors. Throws a RangeError unless all three are above 0.
 */
export const rightSize = ({ vcpus, limit, forecast }: Demand): number => {
  const given = [vcpus, limit, forecast]
  if (!given.every((value) => value > 0 && Number.isFinite(value)))
    throw new RangeError(`expected processors, limit and forecast above 0, got ${given.join(', ')}`)
  return Math.ceil((vcpus * forecast) / (limit * (1 - capacityReserve.value)))
}
