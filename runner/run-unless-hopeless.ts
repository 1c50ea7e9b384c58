import { Failure } from '../model/failure.ts'
import type { Gate } from '../model/gate.ts'
import { burnRates, type Second } from '../results/burn-rate.ts'
import type { Snapshot } from '../results/collector.ts'
import { type Loaded, type LoadRequest, runLoad } from './load.ts'

type EndingGate = Extract<Gate, { kind: 'burn-rate' }>

const isEnding = (gate: Gate): gate is EndingGate => gate.kind === 'burn-rate' && gate.endsRun === true

/** Runs a load, and ends it as soon as a gate is broken that may end it: nothing is learned by going on. */
export const runUnlessHopeless = (load: LoadRequest): Promise<Loaded> => {
  const gates = load.plan.gates.filter(isEnding)
  const [first] = gates
  if (!first) return runLoad(load)
  const hopeless = new AbortController()
  // What is counted while a load goes on knows one time that is good.
  const watches = gates
    .filter(({ goodWithinMs }) => goodWithinMs === first.goodWithinMs)
    .map((gate) => new HopelessWatch(gate, load.plan))
  return runLoad({
    ...load,
    goodWithinMs: first.goodWithinMs,
    signal: AbortSignal.any([load.signal, hopeless.signal]),
    onLive: (snapshot) => {
      load.onLive(snapshot)
      const [reason] = watches.flatMap((watch) => watch.see(snapshot) ?? [])
      if (reason === undefined || hopeless.signal.aborted) return
      hopeless.abort(new Failure('aborted', reason, 'find out why before it is run again'))
    },
  })
}

/** Looks at the seconds of a load as they go by: what has ended in each. */
export class HopelessWatch {
  readonly #gate: EndingGate
  readonly #phase: { readonly fromMs: number; readonly toMs: number } | undefined
  readonly #seconds: Second[] = []
  #before = { sent: 0, good: 0 }

  constructor(gate: EndingGate, { phases }: Pick<LoadRequest['plan'], 'phases'>) {
    this.#gate = gate
    this.#phase = phases.find(({ name }) => name === gate.phase)
  }

  /** Once a second. The reason to end the load now; undefined while there is none. */
  see({ elapsedMs, stepsByStream }: Pick<Snapshot, 'elapsedMs' | 'stepsByStream'>): string | undefined {
    const { name, streams, limitTimes, longMs, shortMs } = this.#gate
    const own = Object.entries(stepsByStream).filter(([stream]) => streams?.includes(stream) !== false)
    const sum = (count: 'sent' | 'good') => own.reduce((total, [, counts]) => total + counts[count], 0)
    const now = { sent: sum('sent'), good: sum('good') }
    const second = { atMs: elapsedMs, sent: now.sent - this.#before.sent, good: now.good - this.#before.good }
    this.#before = now
    if (!this.#phase || elapsedMs < this.#phase.fromMs || elapsedMs >= this.#phase.toMs) return undefined
    this.#seconds.push(second)
    const rate = burnRates(this.#seconds, this.#gate).at(-1)
    if (rate === undefined || rate <= limitTimes) return undefined
    return `${name}: ${rate.toFixed(1)} times the bad steps that are allowed over ${longMs / 1000} s and over ${shortMs / 1000} s, limit ${limitTimes}`
  }
}
