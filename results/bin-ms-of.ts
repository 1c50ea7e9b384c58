import type { Plan } from '../model/plan.ts'

const longMs = 2 * 3_600_000

/** Width of the time bins of a run's cells: narrow enough to show a stall, and ten times as wide where a load lasts and its disk would fill. */
export const binMsOf = ({ durationMs }: Pick<Plan, 'durationMs'>): number => (durationMs > longMs ? 10_000 : 1000)
