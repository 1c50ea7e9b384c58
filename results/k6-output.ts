import { decodeSample } from '../generators/sample-codec.ts'
import type { PartBegan, PartEnded, RunSample, Sample } from '../model/sample.ts'
import { K6CsvReader, type K6Totals } from './read-k6-csv.ts'
import { SequenceGaps } from './sequence-gaps.ts'
import { isSoundSample } from './sound-sample.ts'

/** What one k6 process writes: lines of its own, and actors who number their samples apart from those of other processes. */
export class K6Output {
  readonly #reader = new K6CsvReader((encoded) => this.#read(encoded))
  readonly #gaps = new SequenceGaps()
  readonly #onSample: (sample: RunSample) => boolean
  #began: PartBegan | undefined
  #ended: PartEnded | undefined
  #rowsStarted = 0
  #newestMs = Number.NEGATIVE_INFINITY

  /** `onSample` says whether the sample is one of the run's. */
  constructor(onSample: (sample: RunSample) => boolean) {
    this.#onSample = onSample
  }

  write(chunk: Buffer): void {
    this.#reader.write(chunk)
  }

  end(): void {
    this.#reader.end()
  }

  get totals(): K6Totals {
    return this.#reader.totals
  }

  /** A damaged line leaves a gap as well, unless it was its actor's last. */
  get samplesLost(): number {
    return Math.max(this.#gaps.count, this.#reader.totals.badLines)
  }

  /** Only of processes on machines apart. */
  get began(): PartBegan | undefined {
    return this.#began
  }

  /** Undefined also while it goes on. */
  get ended(): PartEnded | undefined {
    return this.#ended
  }

  get rowsStarted(): number {
    return this.#rowsStarted
  }

  /** How far it has come on the run's clock. */
  get newestMs(): number {
    return this.#newestMs
  }

  #read(encoded: string): boolean {
    const decoded = orUndefined(encoded)
    if (!decoded || !isSoundSample(decoded.sample)) return false
    const { origin, sample } = decoded
    if (!this.#take(sample)) return false
    if (sample.kind !== 'part-ended') this.#gaps.record(origin.actor, origin.sequence)
    return true
  }

  #take(sample: Sample): boolean {
    switch (sample.kind) {
      case 'part':
        this.#began = sample
        return true
      case 'part-ended':
        this.#ended = sample
        return true
      case 'row':
      case 'abandoned':
        this.#rowsStarted += 1
        break
      case 'end':
        this.#newestMs = Math.max(this.#newestMs, sample.endedMs)
        break
      case 'step':
        this.#newestMs = Math.max(this.#newestMs, sample.startedMs + sample.durationMs)
    }
    return this.#onSample(sample)
  }
}

const orUndefined = (encoded: string) => {
  try {
    return decodeSample(encoded)
  } catch {
    return undefined
  }
}
