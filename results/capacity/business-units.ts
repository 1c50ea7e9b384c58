import type { Plan } from '../../model/plan.ts'
import { operationOf } from '../../region/operations.ts'

/** Totals that say the same again: parts of the operations, and sizes. */
const isRepeated = (name: string): boolean => /Operations$|bytes$/i.test(name) && name !== 'operations'

/**
 * What a plan's scenario expects in an hour at scale 1, in business units: its totals but those of sizes and of owners, and
 * bookings; arrivals where it has none of these. The plan was drawn at `scale`, and its judged stretch lasts `lastsMs`.
 */
export const unitsPerHour = (plan: Plan, { scale, lastsMs }: { readonly scale: number; readonly lastsMs: number }) => {
  const counted = Object.entries(plan.totals).filter(([name, { expected }]) => !isRepeated(name) && expected > 0)
  const bookings = bookingsOf(plan)
  const units = [
    ...counted.map(([name, { expected }]) => [name, expected] as const),
    ...(bookings > 0 ? [['bookings', bookings] as const] : []),
  ]
  const arrivals = plan.streams.reduce((sum, { expected }) => sum + expected, 0)
  const all = units.length > 0 ? units : [['arrivals', arrivals] as const]
  return Object.fromEntries(all.map(([name, expected]) => [name, (expected / scale) * (3_600_000 / lastsMs)]))
}

const bookingsOf = ({ streams }: Plan): number =>
  streams
    .flatMap(({ channel, actions }) =>
      actions.filter(({ action }) => action === 'book' && operationOf(action, channel) !== undefined),
    )
    .reduce((sum, { expected }) => sum + expected, 0)
