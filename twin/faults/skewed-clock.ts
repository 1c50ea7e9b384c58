/** The clock that a process goes by; durations are not measured with it. */
export class SkewedClock {
  readonly #now: () => number
  offsetMs = 0

  constructor(now: () => number) {
    this.#now = now
  }

  now(): number {
    return this.#now() + this.offsetMs
  }
}
