import type { Clock } from '../../../chaos-mesh/clock.ts'

interface Sleeper {
  readonly untilUnixMs: number
  readonly wake: () => void
}

/** Loopback needs a few turns of the event loop from one side to the other. */
const idleTurns = 12

/** A clock that stands while anybody works, and goes to the next who is to be woken when nobody does. */
export class IdleClock implements Clock {
  #nowUnixMs: number
  #sleepers = new Set<Sleeper>()
  #busy: (() => boolean)[] = []

  constructor(nowUnixMs: number) {
    this.#nowUnixMs = nowUnixMs
  }

  nowUnixMs(): number {
    return this.#nowUnixMs
  }

  /** Time stands while this says so. */
  standWhile(isBusy: () => boolean): void {
    this.#busy.push(isBusy)
  }

  sleepUntil(unixMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || unixMs <= this.#nowUnixMs) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(sleeper)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper = { untilUnixMs: unixMs, wake }
      this.#sleepers.add(sleeper)
      signal.addEventListener('abort', wake, { once: true })
    })
  }

  /** Lets time pass until a piece of work is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    let isDone = false
    const mark = () => {
      isDone = true
    }
    work.then(mark, mark)
    while (!isDone) {
      const isIdle = await this.#isIdle(() => isDone)
      if (isDone || !isIdle) continue
      const next = [...this.#sleepers].toSorted((a, b) => a.untilUnixMs - b.untilUnixMs)[0]
      this.#nowUnixMs = Math.max(this.#nowUnixMs, next?.untilUnixMs ?? 0)
      next?.wake()
    }
    return work
  }

  async #isIdle(isDone: () => boolean): Promise<boolean> {
    for (let turn = 0; turn < idleTurns; turn++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (isDone() || this.#busy.some((isBusy) => isBusy())) return false
    }
    return true
  }
}
