import type { Pacer } from '../pacer.ts'

/** What a fault does to one connection, as far as it was drawn. */
export interface StreamEffect {
  /** For the log. */
  readonly figures: Readonly<Record<string, number>>
  readonly toUpstream?: Pacer
  readonly toClient?: Pacer
  /** Both sides are reset after so long; 0: at once. */
  readonly resetAfterMs?: number
}
