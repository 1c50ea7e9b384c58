import type { Impression, Replica } from './replica.ts'

/**
 * Longer than `recup` waits for those it asks (3 s), so that a slow dependency does not look like a dead replica; shorter than
 * clients wait (10 s), so that they hear of it.
 */
const usualTimeoutMs = 5000

/** Gives the replicas in turn, those that are open to requests. At most half of them are ejected: one dependency can fail all. */
export class Rotation {
  readonly replicas: readonly Replica[]
  readonly answerTimeoutMs: number
  #next = 0

  constructor(replicas: readonly Replica[], answerTimeoutMs = usualTimeoutMs) {
    this.replicas = replicas
    this.answerTimeoutMs = answerTimeoutMs
  }

  /** Another one than `tried`; undefined when there is none. Whoever takes one says how it `ended`. */
  take(tried?: Replica): Replica | undefined {
    const ordered = [...this.replicas.slice(this.#next), ...this.replicas.slice(0, this.#next)]
    const found = ordered.find((replica) => replica !== tried && replica.isOpen())
    if (!found) return undefined
    this.#next = (this.replicas.indexOf(found) + 1) % this.replicas.length
    found.begin()
    return found
  }

  ended(replica: Replica, impression: Impression): void {
    const ejected = this.replicas.filter((one) => one !== replica && ['ejected', 'probed'].includes(one.state()))
    replica.ended(impression, ejected.length + 1 <= this.replicas.length / 2)
  }
}
