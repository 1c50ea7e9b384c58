import type { Integrity } from '../model/run-record.ts'
import { classify } from './classify.ts'
import { IntegrityTally } from './integrity-tally.ts'
import type { RowWrites } from './ledger.ts'
import { readBack, type Searchers, type Stored } from './read-back.ts'
import type { ImageReading } from './read-images.ts'

export interface ReconcileClock {
  /** Unix ms. */
  now(): number
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export interface ReconcileOptions {
  readonly ledger: AsyncGenerator<RowWrites>
  readonly clients: Searchers
  /** Where the plan has images. */
  readonly images?: ImageReading | undefined
  /** The run's zero: the ledger's times count from it. */
  readonly t0UnixMs: number
  /** An acknowledged write must be visible this long after it; what looks wrong before is looked at again. */
  readonly consistencyWithinMs: number
  readonly clock: ReconcileClock
  /** Aborted: what has been verified so far is reported, as not complete. */
  readonly signal: AbortSignal
  /** After this long nothing new is read. */
  readonly limitMs: number
  /** Why reconciliation ended early, for whoever watches. */
  readonly onProblem?: (message: string) => void
}

const rowsPerBatch = 50
const batchesInFlight = 4
const looksAtUnreachable = 3
const pauseAfterFailureMs = 1000
const pauseBetweenLooksMs = 500

/** Reads the writes of every row back from the target and tells what broke a promise. Never rejects because of the target. */
export const reconcile = async (options: ReconcileOptions): Promise<Integrity> => {
  const reconciliation = new Reconciliation(options)
  const batches = inBatches(options.ledger)
  const work = async () => {
    for (let next = await batches.next(); !next.done; next = await batches.next())
      await reconciliation.check(next.value)
  }
  await Promise.all(Array.from({ length: batchesInFlight }, work))
  return reconciliation.result()
}

async function* inBatches(rows: AsyncIterable<RowWrites>): AsyncGenerator<readonly RowWrites[]> {
  let batch: RowWrites[] = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length < rowsPerBatch) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

class Reconciliation {
  readonly #options: ReconcileOptions
  readonly #tally = new IntegrityTally()
  readonly #untilMs: number
  #isStopped = false

  constructor(options: ReconcileOptions) {
    this.#options = options
    this.#untilMs = options.clock.now() + options.limitMs
  }

  result(): Integrity {
    return this.#tally.integrity(!this.#isStopped)
  }

  /** Settles every row of a batch, or none of the rest once reconciliation has stopped. */
  async check(rows: readonly RowWrites[]): Promise<void> {
    for (const row of rows) this.#tally.count(row)
    let open = rows
    while (open.length > 0) {
      const lookedAtMs = this.#options.clock.now()
      const stored = await this.#look(open)
      if (!stored) return
      open = this.#settle(open, stored, lookedAtMs)
      if (open.length > 0) await this.#pauseUntilDue(open)
    }
  }

  /** Settles what is right, and what is wrong when its time was up before it was looked at; the others remain open. */
  #settle(rows: readonly RowWrites[], stored: Stored, lookedAtMs: number): readonly RowWrites[] {
    return rows.filter((row) => {
      const judgement = classify(row, stored)
      if (judgement.findings.length > 0 && lookedAtMs < this.#dueMs(row)) return true
      this.#tally.settle(row, judgement)
      return false
    })
  }

  async #look(rows: readonly RowWrites[]): Promise<Stored | undefined> {
    for (let look = 1; !this.#mustStop(); look += 1) {
      try {
        const { clients, images } = this.#options
        const reading = images && { ...images, isOver: () => this.#mustStop() }
        return await readBack({ clients, images: reading }, rows)
      } catch (error) {
        if (look === looksAtUnreachable) this.#stop(`the target did not answer: ${messageOf(error)}`)
        else await this.#sleep(pauseAfterFailureMs)
      }
    }
    return undefined
  }

  #mustStop(): boolean {
    const { signal, clock, limitMs } = this.#options
    if (signal.aborted) this.#stop('it was interrupted')
    else if (clock.now() >= this.#untilMs) this.#stop(`the limit of ${limitMs} ms was reached`)
    return this.#isStopped
  }

  #stop(why: string): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.#options.onProblem?.(`reconciliation ended early: ${why}`)
  }

  /** When a row's writes must be visible, Unix ms. */
  #dueMs({ writes }: RowWrites): number {
    const { t0UnixMs, consistencyWithinMs } = this.#options
    return t0UnixMs + Math.max(...writes.map(({ atMs }) => atMs)) + consistencyWithinMs
  }

  #pauseUntilDue(rows: readonly RowWrites[]): Promise<void> {
    const soonestMs = Math.min(...rows.map((row) => this.#dueMs(row))) - this.#options.clock.now()
    return this.#sleep(Math.max(1, Math.min(pauseBetweenLooksMs, soonestMs)))
  }

  #sleep(ms: number): Promise<void> {
    return this.#options.clock.sleep(ms, this.#options.signal)
  }
}

/** `fetch failed` says nothing; its cause does. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
