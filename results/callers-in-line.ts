import { stepsOf } from '../generators/journey-steps.ts'
import { patienceMs } from '../generators/patience.ts'
import type { Plan } from '../model/plan.ts'
import type { RowAbandoned } from '../model/sample.ts'
import { readTimetable } from './read-timetable.ts'
import type { RowStates } from './row-states.ts'

/**
 * Calls that no operator had taken when the drain ended, operators being busy: their callers gave up before, or are sent away
 * then. Without a call under way the load generator has left the rows; they stay what they are, never started.
 */
export async function* callersInLine(dir: string, plan: Plan, rows: RowStates): AsyncGenerator<RowAbandoned> {
  const closesMs = plan.durationMs + plan.drainCapMs
  for (const { name, channel, calls } of plan.streams) {
    if (!calls || !rows.isUnderWay(name)) continue
    let row = 0
    for await (const { journey, step, dueMs, seed } of readTimetable(dir, name)) {
      if (dueMs >= plan.durationMs) break
      const isInLine = rows.state(name, row) === 'not-started' && step === stepsOf(seed, journey, channel)[0]?.step
      const leftMs = Math.min(dueMs + patienceMs(seed, calls.patienceMs), closesMs)
      if (isInLine) yield { kind: 'abandoned', stream: name, journey, row, dueMs, leftMs }
      row += 1
    }
  }
}
