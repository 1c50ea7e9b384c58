import type { RunSample } from '../model/sample.ts'
import { K6Output } from './k6-output.ts'
import type { K6Totals } from './read-k6-csv.ts'

/** What the k6 processes of a run write. */
export class K6Outputs {
  readonly each: readonly K6Output[]

  /** `onSample` says whether the sample is one of the run's. */
  constructor(parts: number, onSample: (sample: RunSample) => boolean) {
    this.each = Array.from({ length: parts }, () => new K6Output(onSample))
  }

  write(chunk: Buffer, part: number): void {
    this.each[part]?.write(chunk)
  }

  end(): void {
    for (const output of this.each) output.end()
  }

  get totals(): Omit<K6Totals, 'badLines'> {
    const sum = (figure: Exclude<keyof K6Totals, 'badLines'>) =>
      this.each.reduce((total, { totals }) => total + totals[figure], 0)
    return { requests: sum('requests'), bytesSent: sum('bytesSent'), bytesReceived: sum('bytesReceived') }
  }

  get samplesLost(): number {
    return this.each.reduce((total, { samplesLost }) => total + samplesLost, 0)
  }
}
