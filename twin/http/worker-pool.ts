import { normal } from '../../generators/distributions.ts'
import type { Rng } from '../../generators/rng.ts'
import type { Workers } from '../../model/workers.ts'

/**
 * Workers in front of a system, first come first served. When each request is done is computed as it comes:
 * done = max(now, when the first worker is free) + its service time. So a late timer delays one answer and never takes from
 * what the workers can do: count / serviceMs.
 */
export class WorkerPool {
  readonly #workers: Workers
  readonly #rng: Rng
  readonly #freeAtMs: number[]

  constructor(workers: Workers, rng: Rng) {
    this.#workers = workers
    this.#rng = rng
    this.#freeAtMs = Array.from({ length: workers.count }, () => 0)
  }

  /** How long a request of this kind (`GET /fhir/Slot`) that comes now is held back: waiting and service time. */
  delayMs(kind: string, nowMs: number): number {
    const freeAtMs = Math.min(...this.#freeAtMs)
    const doneMs = Math.max(nowMs, freeAtMs) + this.#serviceMs(kind)
    this.#freeAtMs[this.#freeAtMs.indexOf(freeAtMs)] = doneMs
    return doneMs - nowMs
  }

  /** Log-normal with mean m and variation v: m · exp(σ·Z − σ²/2), σ² = ln(1 + v²). */
  #serviceMs(kind: string): number {
    const { serviceMs, variationRatio, factors } = this.#workers
    const variance = Math.log(1 + variationRatio ** 2)
    const spread = variance === 0 ? 1 : Math.exp(Math.sqrt(variance) * normal(this.#rng) - variance / 2)
    return serviceMs * (factors[kind] ?? 1) * spread
  }
}
