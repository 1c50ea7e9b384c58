import type { DrawnPlan } from '../planner/drawn-plan.ts'

/** How many rows of a plan are due by an instant of the run's clock. */
export const rowsDue = ({ streams }: DrawnPlan): ((atMs: number) => number) => {
  const dues = Float64Array.from(streams.flatMap(({ timetable }) => timetable.rows.map(({ dueMs }) => dueMs))).sort()
  return (atMs) => {
    let low = 0
    let high = dues.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((dues[middle] ?? 0) <= atMs) low = middle + 1
      else high = middle
    }
    return low
  }
}
