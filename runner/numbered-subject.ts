/** Which subject of a plan is prepared, and for which run. */
export interface Numbered {
  readonly namespace: string
  readonly stream: string
  /** Of the row or the episode in its stream. */
  readonly number: number
  /** Midnight UTC of the day of the run. */
  readonly dayZeroUnixMs: number
}
