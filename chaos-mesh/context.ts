import type { Objects } from './api/objects.ts'
import type { Clock } from './clock.ts'

/** What everything that waits needs. */
export interface Context {
  readonly objects: Objects
  readonly clock: Clock
}

/** How long, and what ends it sooner. */
export interface Limits {
  readonly withinMs: number
  readonly signal?: AbortSignal
}
