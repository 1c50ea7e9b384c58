/** The first of what waits in a stage. */
export interface Waiting {
  /** 0 for a sign of the connection. */
  readonly bytes: number
  /** On the clock of `performance.now()`, as all times here. */
  readonly arrivedMs: number
  /** Number of the request and answer on its connection that it belongs to. */
  readonly exchange: number
}

/** So many of the waiting bytes may go on, and when. */
export interface Pace {
  readonly bytes: number
  /** Infinity: not before the fault ends. */
  readonly atMs: number
}

/** What a fault does to one lane of a connection. Asked once for each part that goes on, in order. */
export type Pacer = (waiting: Waiting) => Pace
