const sliceMs = 20

/** Takes a share of the time of the event loop with real work. What waits for the loop gets its turn between two slices. */
export class CpuPressure {
  #loadRatio = 0
  #timer: NodeJS.Timeout | undefined

  /** `loadRatio` 0..1; 0 ends it. */
  set(loadRatio: number): void {
    this.#loadRatio = loadRatio
    clearTimeout(this.#timer)
    if (loadRatio > 0) this.#burnAndRest()
  }

  #burnAndRest(): void {
    const begunMs = performance.now()
    while (performance.now() - begunMs < sliceMs);
    const restMs = sliceMs / this.#loadRatio - sliceMs
    this.#timer = setTimeout(() => this.#burnAndRest(), restMs)
  }
}
