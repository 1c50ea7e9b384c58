import type { ConductorClock } from '../../chaos/conduct-fault.ts'

/** A clock that stands until everybody waits, and then goes to the next who is to be woken. */
export class VirtualClock implements ConductorClock {
  #nowMs: number
  #sleepers: { readonly untilMs: number; readonly wake: () => void }[] = []

  constructor(nowMs = 0) {
    this.#nowMs = nowMs
  }

  nowUnixMs(): number {
    return this.#nowMs
  }

  sleepUntil(unixMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || unixMs <= this.#nowMs) return Promise.resolve()
    return new Promise((resolve) => {
      const sleeper = { untilMs: unixMs, wake: resolve }
      this.#sleepers.push(sleeper)
      const wake = () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper)
        resolve()
      }
      signal.addEventListener('abort', wake, { once: true })
    })
  }

  /** Lets time pass until a piece of work is done. */
  async passUntilDone<T>(work: Promise<T>): Promise<T> {
    let isDone = false
    const mark = () => {
      isDone = true
    }
    work.then(mark, mark)
    while (!isDone) {
      await new Promise((resolve) => setImmediate(resolve))
      const next = this.#sleepers.toSorted((a, b) => a.untilMs - b.untilMs)[0]
      if (isDone || !next) continue
      this.#sleepers = this.#sleepers.filter((one) => one !== next)
      this.#nowMs = Math.max(this.#nowMs, next.untilMs)
      next.wake()
    }
    return work
  }
}
