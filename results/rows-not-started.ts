import type { NotStarted } from '../model/not-started.ts'
import type { Plan } from '../model/plan.ts'
import { readTimetable } from './read-timetable.ts'
import type { RowStates } from './row-states.ts'

export interface RowsOfRun {
  readonly dir: string
  readonly plan: Plan
  /** From here on rows were not needed any more; undefined when all were. */
  readonly healedMs?: number | undefined
}

/** The rows of a run that were needed and not started, by stream; streams that started all of theirs have no entry. */
export const rowsNotStarted = async (
  { dir, plan, healedMs = Number.POSITIVE_INFINITY }: RowsOfRun,
  states: RowStates,
): Promise<NotStarted[]> => {
  const found: NotStarted[] = []
  for (const { name: stream } of plan.streams) {
    let of: NotStarted | undefined
    let row = 0
    for await (const { dueMs } of readTimetable(dir, stream)) {
      if (dueMs >= healedMs) break
      if (states.state(stream, row) === 'not-started') of = withRow(of ?? noneYet(stream, dueMs), row, dueMs)
      row += 1
    }
    if (of) found.push(of)
  }
  return found
}

const noneYet = (stream: string, dueMs: number): NotStarted => ({
  stream,
  count: 0,
  rows: [],
  fromDueMs: dueMs,
  toDueMs: dueMs,
})

/** Changes and returns it: there are many rows. */
const withRow = (of: NotStarted, row: number, dueMs: number): NotStarted => {
  const last = of.rows.at(-1)
  if (last?.[1] === row - 1) last[1] = row
  else of.rows.push([row, row])
  of.count += 1
  of.toDueMs = dueMs
  return of
}
