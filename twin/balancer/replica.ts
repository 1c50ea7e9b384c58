/** Whether a replica gets requests: `out` by its health checks, `ejected` by what it made of requests, `probed` by one request. */
export type ReplicaState = 'in' | 'out' | 'ejected' | 'probed'

/** What became of a request, as far as it tells of the replica. */
export type Impression = 'good' | 'bad' | 'timed-out' | 'none'

export interface ReplicaOptions {
  /** Component: `recup#1`. */
  readonly name: string
  readonly origin: string
  readonly elapsedMs: () => number
  /** Whether what speaks against the replica is believed; a defect is deaf to it. */
  readonly isBelieved: () => boolean
}

/** Health checks in a row that take a replica out, or in again. */
const checksToChange = 2
/** Requests in a row that end badly before a replica is ejected; one that is not answered in time is enough. */
const badRequests = 5
const ejectedMs = 10_000

/** One of the processes behind the balancer, and what is thought of it. */
export class Replica {
  readonly name: string
  readonly origin: string
  readonly #elapsedMs: () => number
  readonly #isBelieved: () => boolean
  #isOut = false
  #opposingChecks = 0
  #badRequests = 0
  #ejectedUntilMs: number | undefined
  #isProbed = false

  constructor({ name, origin, elapsedMs, isBelieved }: ReplicaOptions) {
    this.name = name
    this.origin = origin
    this.#elapsedMs = elapsedMs
    this.#isBelieved = isBelieved
  }

  state(): ReplicaState {
    if (this.#isOut) return 'out'
    if (this.#ejectedUntilMs === undefined) return 'in'
    return this.#isProbed ? 'probed' : 'ejected'
  }

  /** Whether it may get the next request. */
  isOpen(): boolean {
    if (this.#isOut || this.#isProbed) return false
    return this.#ejectedUntilMs === undefined || this.#elapsedMs() >= this.#ejectedUntilMs
  }

  /** It gets a request: the first one after an ejection is a probe, and the only one until it has ended. */
  begin(): void {
    this.#isProbed = this.#ejectedUntilMs !== undefined
  }

  /** `canEject`: whether enough others are left. */
  ended(impression: Impression, canEject: boolean): void {
    const wasProbed = this.#isProbed
    this.#isProbed = false
    if (impression === 'good') {
      this.#badRequests = 0
      if (wasProbed) this.#ejectedUntilMs = undefined
      return
    }
    if (impression === 'none' || !this.#isBelieved()) return
    this.#badRequests += 1
    const isEnough = impression === 'timed-out' || this.#badRequests >= badRequests
    if (wasProbed || (isEnough && canEject)) this.#ejectedUntilMs = this.#elapsedMs() + ejectedMs
  }

  checked(isGood: boolean): void {
    if (isGood !== this.#isOut) this.#opposingChecks = 0
    else if (isGood || this.#isBelieved()) this.#opposingChecks += 1
    if (this.#opposingChecks < checksToChange) return
    this.#isOut = !this.#isOut
    this.#opposingChecks = 0
  }
}
