import type { Phase } from '../model/phase.ts'
import type { StepDone } from '../model/sample.ts'

/** Steps that were under way when a fault was to begin, or to end: they saw both. */
export class InFlight {
  readonly #fault: Phase | undefined
  #atInjection = 0
  #atRestoration = 0

  constructor(phases: readonly Phase[]) {
    this.#fault = phases.find(({ name }) => name === 'fault')
  }

  step({ startedMs, durationMs }: Pick<StepDone, 'startedMs' | 'durationMs'>): void {
    if (!this.#fault) return
    const isAcross = (atMs: number) => startedMs < atMs && startedMs + durationMs > atMs
    if (isAcross(this.#fault.fromMs)) this.#atInjection += 1
    if (isAcross(this.#fault.toMs)) this.#atRestoration += 1
  }

  get counts(): { readonly atInjection: number; readonly atRestoration: number } {
    return { atInjection: this.#atInjection, atRestoration: this.#atRestoration }
  }
}
