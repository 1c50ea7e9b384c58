import type { DueShare } from './due-share.ts'

/** How long a system is slow after it, or what it asks, has come back; and how late it answers then. */
const slowForMs = 90_000
const lateMs = 10_000

/** After its process was started again, or after another system that it asks was away, a system answers late. Share of requests. */
export class SlowRecovery {
  readonly #due: DueShare
  readonly #elapsedMs: () => number
  #slowUntilMs = 0

  constructor(due: DueShare, elapsedMs: () => number) {
    this.#due = due
    this.#elapsedMs = elapsedMs
  }

  begin(): void {
    this.#slowUntilMs = this.#elapsedMs() + slowForMs
  }

  /** How long a request is held back now. */
  delayMs(): number {
    if (this.#elapsedMs() >= this.#slowUntilMs || !this.#due.next()) return 0
    this.#due.spend()
    return lateMs
  }
}
