import type { Action } from './scenario.ts'

/** One line of a timetable: an arrival, or a journey already under way that enters at a later step. */
export interface Row {
  /** On the run's clock. */
  readonly dueMs: number
  readonly journey: Action
  /** Where the row enters its journey: the name of a step, from the second time that it comes with its ordinal (`search.2`). */
  readonly step: string
  /** Index of the patient in the stream, which fixes everything about the person. */
  readonly subject: number
  /** 32-bit seed of whatever the row still draws: think times, choices. */
  readonly seed: number
}
