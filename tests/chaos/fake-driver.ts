import type { Driver, Injection, Proof } from '../../chaos/driver.ts'
import type { Fault } from '../../model/fault.ts'
import type { VirtualClock } from './virtual-clock.ts'

const proof = (holds: boolean): Proof => ({ holds, sentence: holds ? 'seen' : 'not seen' })

/** A driver that tells what it was asked, and misbehaves as it is told. */
export class FakeDriver implements Driver {
  readonly name = 'fake'
  readonly components = ['recup']
  readonly told: string[] = []
  /** What it was told of a fault besides the fault itself. */
  readonly given: string[] = []
  /** How long a measurement of an effect takes. */
  proofMs = 0
  /** When the effect of a fault is lost, Unix ms. */
  lostUnixMs = Number.POSITIVE_INFINITY
  /** When a fault ends by itself, Unix ms. */
  overUnixMs: number | undefined
  /** How often each of these goes wrong before it goes well. */
  readonly troubles = { inject: 0, prove: 0, restore: 0, gone: 0 }
  readonly #clock: VirtualClock

  constructor(clock: VirtualClock) {
    this.#clock = clock
  }

  cannot(): undefined {
    return undefined
  }

  undoingsOf(_: Fault, id: string) {
    this.given.push(`${id} beforehand`)
    return []
  }

  async calibrate(): Promise<void> {}

  async health() {
    return { recup: this.#clock.nowUnixMs() % 3000 !== 0 }
  }

  async calls() {
    return { 'clients→recup': this.#clock.nowUnixMs() }
  }

  async inject(id: string, { kind }: Fault, lastsMs: number): Promise<Injection> {
    this.given.push(`${id} for ${lastsMs} ms`)
    this.#tell(`inject ${id} ${kind}`)
    if (this.#goesWrong('inject')) throw new Error('it is not there')
    return {
      injectedUnixMs: this.#clock.nowUnixMs(),
      ...(this.overUnixMs !== undefined && { over: this.#over(this.overUnixMs) }),
      prove: async () => {
        await this.#clock.sleepUntil(this.#clock.nowUnixMs() + this.proofMs, new AbortController().signal)
        return proof(!this.#goesWrong('prove') && this.#clock.nowUnixMs() < this.lostUnixMs)
      },
      restore: async () => {
        this.#tell(`restore ${id}`)
        if (this.#goesWrong('restore')) throw new Error('it does not answer')
        return this.#clock.nowUnixMs()
      },
      proveGone: async () => proof(!this.#goesWrong('gone')),
    }
  }

  async #over(unixMs: number): Promise<number> {
    await this.#clock.sleepUntil(unixMs, new AbortController().signal)
    return unixMs
  }

  #tell(what: string): void {
    this.told.push(`${this.#clock.nowUnixMs()} ${what}`)
  }

  #goesWrong(what: keyof typeof this.troubles): boolean {
    this.troubles[what] -= 1
    return this.troubles[what] >= 0
  }
}
