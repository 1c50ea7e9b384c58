/** One line of a timetable: an arrival, or a journey already under way that enters at a later step. */
export interface Row {
  /** On the run's clock. */
  readonly dueMs: number
  readonly journey: string
  /** Name of the step where the row enters its journey. */
  readonly step: string
  /** Index of the patient in the stream, which fixes everything about the person. */
  readonly subject: number
  /** 32-bit seed of whatever the row still draws: think times, choices. */
  readonly seed: number
}
