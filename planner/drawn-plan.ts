import type { Plan, PlannedStream } from '../model/plan.ts'
import type { Agenda } from './agendas.ts'
import type { StreamTimetable } from './stream-timetable.ts'
import type { Subject } from './subject.ts'

/** A stream of a plan with its rows and whom they are about. */
export interface DrawnStream {
  readonly planned: PlannedStream
  readonly timetable: StreamTimetable
  /** One for each row, in the same order, or for each episode; and one more for each action of the smoke run. */
  readonly subjects: readonly Subject[]
}

/** A plan with all that was drawn for it. */
export interface DrawnPlan {
  readonly plan: Plan
  readonly streams: readonly DrawnStream[]
  readonly agendas: readonly Agenda[]
}
