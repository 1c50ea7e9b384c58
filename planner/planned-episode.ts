/** An episode of which something happens while the run lasts. */
export interface PlannedEpisode {
  readonly seed: number
  /** On the run's clock. */
  readonly arrivalMs: number
  /** Events that lie before the run: `prepare` makes what they have left. */
  readonly behind: number
}
