/**
 * One time limit at a time, and none after its end. What arrived while this process got no time still counts: timers come before
 * sockets in a turn of the event loop, so the limit has passed only after a look at them.
 */
export class TimeLimit {
  #isOver = false
  readonly #usualMs: number
  readonly #passed: () => void
  #timer: NodeJS.Timeout | undefined
  #lastLook: NodeJS.Immediate | undefined
  isPassed = false

  constructor(usualMs: number, passed: () => void) {
    this.#usualMs = usualMs
    this.#passed = passed
  }

  set(afterMs = this.#usualMs): void {
    this.lift()
    if (this.#isOver) return
    this.#timer = setTimeout(() => {
      this.#lastLook = setImmediate(() => {
        this.isPassed = true
        this.#passed()
      })
    }, afterMs)
  }

  lift(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#lastLook)
  }

  end(): void {
    this.#isOver = true
    this.lift()
  }
}
