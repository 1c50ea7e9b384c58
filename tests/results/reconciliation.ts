import type { FinalWrite, RowWrites } from '../../results/ledger.ts'
import { type ReconcileOptions, reconcile } from '../../results/reconcile.ts'
import type { FakeTarget } from './fake-target.ts'

/** Time that passes only when somebody sleeps. */
export class VirtualClock {
  #nowMs: number
  readonly #onSleep: (nowMs: number) => void

  constructor(nowMs: number, onSleep: (nowMs: number) => void = () => undefined) {
    this.#nowMs = nowMs
    this.#onSleep = onSleep
  }

  now = (): number => this.#nowMs

  sleep = async (ms: number): Promise<void> => {
    this.#nowMs += ms
    this.#onSleep(this.#nowMs)
  }
}

export const row = (index: number, ...writes: readonly Partial<FinalWrite>[]): RowWrites => ({
  stream: 'web',
  row: index,
  writes: writes.map((write) => ({
    kind: 'book',
    state: 'acknowledged',
    atMs: 1000,
    identifier: `ns.web.${index}`,
    patient: `p${index}`,
    slot: `s${index}`,
    isUnseen: false,
    isUntold: false,
    ...write,
  })),
  disclosures: [],
})

export async function* stream(rows: readonly RowWrites[]): AsyncGenerator<RowWrites> {
  yield* rows
}

export const run = (target: FakeTarget, rows: readonly RowWrites[], options: Partial<ReconcileOptions> = {}) =>
  reconcile({
    ledger: stream(rows),
    clients: { recup: target, emergency: target, reports: target, telemedicine: target },
    t0UnixMs: 0,
    consistencyWithinMs: 5000,
    clock: new VirtualClock(60_000),
    signal: new AbortController().signal,
    limitMs: 60_000,
    ...options,
  })

export const booked = (target: FakeTarget, index: number): FakeTarget =>
  target
    .slot(`s${index}`, 'busy')
    .appointment(`ns.web.${index}`, { status: 'booked', patient: `p${index}`, slot: `s${index}` })

export const none = { lost: 0, duplicated: 0, doubleBooked: 0, half: 0, corrupted: 0, leaked: 0, late: 0, disclosed: 0 }
