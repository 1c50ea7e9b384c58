import type { Objects } from './api/objects.ts'
import type { Clock } from './clock.ts'

/** What everything that waits needs. */
export interface Context {
  readonly objects: Objects
  readonly clock: Clock
}

/** How long, and what ends it sooner: then it is told as if the time were over. */
export interface Limits {
  readonly withinMs: number
  readonly signal?: AbortSignal
}
