/** Callers before so many operators: first come, first served, and who is not served within their patience leaves. */
export class WaitingLine {
  /** When each operator is free again. */
  readonly #freeAtMs: number[]

  constructor(operators: number) {
    this.#freeAtMs = Array<number>(operators).fill(Number.NEGATIVE_INFINITY)
  }

  /** When somebody who calls at an instant is served; undefined when they leave. Calls come in the order of time. */
  servedAtMs(call: {
    readonly atMs: number
    readonly patienceMs: number
    readonly handlingMs: number
  }): number | undefined {
    const operator = this.#soonestFree()
    const servedAtMs = Math.max(call.atMs, this.#freeAtMs[operator] ?? call.atMs)
    if (servedAtMs - call.atMs > call.patienceMs) return undefined
    this.#freeAtMs[operator] = servedAtMs + call.handlingMs
    return servedAtMs
  }

  #soonestFree(): number {
    let soonest = 0
    for (let operator = 1; operator < this.#freeAtMs.length; operator++) {
      if ((this.#freeAtMs[operator] ?? 0) < (this.#freeAtMs[soonest] ?? 0)) soonest = operator
    }
    return soonest
  }
}
