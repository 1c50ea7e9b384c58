import { failedOutcomes, type JourneyOutcome } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import type { RunRecord } from '../model/run-record.ts'
import type { RowAbandoned, RowEnded, RowStarted, RunSample, StepDone } from '../model/sample.ts'
import { callersInLine } from './callers-in-line.ts'
import { CellRecorder, timerLagMs } from './cell-recorder.ts'
import { CollectedFiles } from './collected-files.ts'
import { type CollectorWatch, nobody } from './collector-watch.ts'
import { EvidenceKeeper } from './evidence.ts'
import { Histogram } from './histogram.ts'
import { InFlight } from './in-flight.ts'
import type { K6Output } from './k6-output.ts'
import { K6Outputs } from './k6-outputs.ts'
import { LiveView, type StepCounts } from './live-view.ts'
import { phaseIndexAt } from './phase-at.ts'
import { RowStates } from './row-states.ts'

export interface CollectorOptions {
  readonly plan: Plan
  readonly rowsPerStream: Readonly<Record<string, number>>
  /** The run folder. */
  readonly dir: string
  /** A step is good for whoever watches when it is answered within this time; any time when absent. */
  readonly goodWithinMs?: number | undefined
  /** Told the run's zero in Unix ms as soon as it is known. */
  readonly onZero?: ((t0UnixMs: number) => void) | undefined
  readonly watch?: CollectorWatch | undefined
  /** k6 processes that share the rows; one when absent. */
  readonly parts?: number | undefined
}

/** What a run's samples come to, beside the files in the run folder. */
export interface Collected {
  /** The run's zero in Unix ms; undefined when k6 never got as far. */
  readonly t0UnixMs: number | undefined
  readonly delivery: RunRecord['delivery']
  readonly totals: RunRecord['totals']
  readonly rowsStartedTwice: number
  readonly rows: RowStates
  readonly inFlight: InFlight['counts']
}

/** A run as it is now, from the samples that have come. Times on the run's clock. */
export interface Snapshot {
  readonly elapsedMs: number
  readonly planned: number
  readonly started: number
  readonly underWay: number
  readonly completed: number
  /** Steps that ended in the last whole second. */
  readonly requestsPerSecond: number
  /** Over the last ten seconds, in ms, answered steps only. */
  readonly p95ByStream: Readonly<Record<string, number>>
  readonly outcomes: Readonly<Partial<Record<JourneyOutcome, number>>>
  readonly failed: number
  /** Promises seen broken up to now: something shown to somebody else, or confirmed and not found in time. */
  readonly brokenPromises: number
  readonly stepsByStream: Readonly<Record<string, StepCounts>>
}

/** Width of the time bins of `cells.ndjson.gz`: gates count seconds, and a stall of one has to be seen. */
const binMs = 1000

/** Beyond this many cells in memory they are written, wherever the clock stands. */
const maxPendingCells = 4096

/**
 * Turns the CSV output of k6 into `cells.ndjson.gz`, `ledger.ndjson.gz` and `evidence.ndjson` in the run folder, in bounded
 * memory. Damaged lines are counted, never thrown. `write` and `end` throw a usage Failure when the folder cannot be
 * written; nothing is left then that looks like a whole file.
 */
export class Collector {
  readonly #plan: Plan
  readonly #dir: string
  readonly #outputs: K6Outputs
  readonly #files: CollectedFiles
  readonly #cells: CellRecorder
  readonly #rows: RowStates
  readonly #inFlight: InFlight
  readonly #evidence = new EvidenceKeeper()
  readonly #live: LiveView
  readonly #timerLag = new Histogram()
  readonly #workerWait = new Histogram()
  readonly #onZero: (t0UnixMs: number) => void
  readonly #watch: CollectorWatch
  readonly #outcomes: Partial<Record<JourneyOutcome, number>> = {}
  #t0UnixMs: number | undefined
  #failedSteps = 0
  #brokenPromises = 0
  #rowsStartedTwice = 0
  #newestMs = 0
  #flushedAtMs = 0
  #failure: unknown

  constructor(options: CollectorOptions) {
    this.#plan = options.plan
    this.#dir = options.dir
    this.#onZero = options.onZero ?? (() => {})
    this.#cells = new CellRecorder(options.plan.phases, binMs)
    this.#live = new LiveView(options.goodWithinMs)
    this.#rows = new RowStates(options.rowsPerStream)
    this.#inFlight = new InFlight(options.plan.phases)
    this.#files = new CollectedFiles(options.dir)
    this.#watch = options.watch ?? nobody
    this.#outputs = new K6Outputs(options.parts ?? 1, (sample) => this.#sample(sample))
  }

  /** `part`: of which k6 process, from 0. */
  write(chunk: Buffer, part = 0): void {
    this.#orDiscard(() => {
      this.#outputs.write(chunk, part)
      if (this.#newestMs - this.#flushedAtMs >= binMs || this.#cells.size > maxPendingCells) this.#flush()
    })
  }

  /** After the last chunk of a load that was not broken off: callers who were due by then and still wait for an operator wait no longer. */
  async closeLines(neededUntilMs = this.#plan.durationMs): Promise<void> {
    const plan = { ...this.#plan, durationMs: neededUntilMs }
    for await (const caller of callersInLine(this.#dir, plan, this.#rows))
      this.#orDiscard(() => this.#rowAbandoned(caller))
  }

  /** After the last chunk: closes the files and puts them under their names. */
  end(): Collected {
    this.#orDiscard(() => {
      this.#outputs.end()
      for (const evidence of this.#evidence.slowest()) this.#files.evidence.append(JSON.stringify(evidence))
      this.#flush()
      this.#files.publish()
    })
    return {
      t0UnixMs: this.#t0UnixMs,
      delivery: this.#delivery(),
      totals: this.#totals(),
      rowsStartedTwice: this.#rowsStartedTwice,
      rows: this.#rows,
      inFlight: this.#inFlight.counts,
    }
  }

  snapshot(): Snapshot {
    return {
      elapsedMs: this.#newestMs,
      planned: this.#rows.planned,
      started: this.#rows.started,
      underWay: this.#rows.started - this.#rows.ended,
      completed: this.#rows.ended,
      requestsPerSecond: this.#live.requestsPerSecond,
      p95ByStream: this.#live.p95ByStream(),
      outcomes: { ...this.#outcomes },
      failed: this.#failedSteps,
      brokenPromises: this.#brokenPromises,
      stepsByStream: this.#live.stepsByStream,
    }
  }

  /** What each k6 process has told up to now, in their order. */
  get outputs(): readonly K6Output[] {
    return this.#outputs.each
  }

  #sample(sample: RunSample): boolean {
    if ('row' in sample && !this.#rows.has(sample.stream, sample.row)) return false
    this.#take(sample)
    return true
  }

  #take(sample: RunSample): void {
    switch (sample.kind) {
      case 'row':
        this.#rowStarted(sample)
        break
      case 'abandoned':
        this.#rowAbandoned(sample)
        break
      case 'step':
        this.#stepDone(sample)
        break
      case 'write':
      case 'disclosed':
        if (sample.kind === 'disclosed' || sample.state === 'unseen') this.#brokenPromises += 1
        this.#files.ledger.append(JSON.stringify(sample))
        break
      case 'end':
        this.#rowEnded(sample)
        break
      case 'clock':
        if (this.#t0UnixMs === undefined) this.#onZero(sample.t0UnixMs)
        this.#t0UnixMs = sample.t0UnixMs
    }
  }

  #rowStarted(sample: RowStarted): void {
    const { stream, row, dueMs, takenMs, startedMs } = sample
    const phaseIndex = phaseIndexAt(this.#plan.phases, dueMs)
    if (!this.#rows.start(stream, row, phaseIndex)) {
      this.#rowsStartedTwice += 1
      return
    }
    this.#files.ledger.append(JSON.stringify(sample))
    this.#see(startedMs)
    this.#timerLag.record(timerLagMs(sample))
    this.#workerWait.record(takenMs - dueMs)
    this.#cells.row(sample, phaseIndex)
  }

  #rowAbandoned(sample: RowAbandoned): void {
    const { stream, journey, row, dueMs, leftMs } = sample
    const phaseIndex = phaseIndexAt(this.#plan.phases, dueMs)
    if (!this.#rows.start(stream, row, phaseIndex)) {
      this.#rowsStartedTwice += 1
      return
    }
    this.#files.ledger.append(JSON.stringify(sample))
    this.#ended({ kind: 'end', stream, journey, row, outcome: 'abandoned', endedMs: leftMs })
  }

  #stepDone(sample: StepDone): void {
    const { stream, outcome, startedMs, durationMs } = sample
    const isFailed = failedOutcomes.includes(outcome)
    if (isFailed) this.#failedSteps += 1
    this.#see(startedMs + durationMs)
    this.#live.record(stream, startedMs + durationMs, isFailed ? undefined : durationMs)
    const evidence = this.#evidence.failure(sample)
    if (evidence) this.#files.evidence.append(JSON.stringify(evidence))
    else this.#evidence.consider(sample)
    this.#cells.step(sample)
    this.#inFlight.step(sample)
  }

  #rowEnded(sample: RowEnded): void {
    if (this.#ended(sample)) this.#files.ledger.append(JSON.stringify(sample))
  }

  /** False when the row has not started, or has ended before. */
  #ended(sample: RowEnded): boolean {
    const { stream, row, outcome, endedMs } = sample
    const phaseIndex = this.#rows.end(stream, row, outcome)
    if (phaseIndex === undefined) return false
    this.#see(endedMs)
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1
    this.#cells.end(sample, phaseIndex)
    this.#watch.ended(sample)
    return true
  }

  #see(atMs: number): void {
    if (atMs > this.#newestMs) this.#newestMs = atMs
  }

  #flush(): void {
    const cells = this.#cells.drain()
    for (const cell of cells) this.#files.cells.append(JSON.stringify(cell))
    this.#files.flush()
    this.#watch.cells(cells)
    this.#flushedAtMs = this.#newestMs
  }

  /** Runs a piece of work that may fail for good: what was written goes, and whatever is asked later fails in the same way. */
  #orDiscard(work: () => void): void {
    if (this.#failure !== undefined) throw this.#failure
    try {
      work()
    } catch (error) {
      this.#failure = error
      this.#files.discard()
      throw error
    }
  }

  #delivery(): RunRecord['delivery'] {
    const spread = (histogram: Histogram) => ({
      p50: histogram.quantile(0.5),
      p99: histogram.quantile(0.99),
      max: histogram.maxMs,
    })
    return {
      planned: this.#rows.planned,
      started: this.#rows.started,
      completed: this.#rows.ended,
      cut: this.#rows.started - this.#rows.ended,
      samplesLost: this.#outputs.samplesLost,
      timerLagMs: spread(this.#timerLag),
      workerWaitMs: spread(this.#workerWait),
    }
  }

  #totals(): RunRecord['totals'] {
    return { ...this.#outputs.totals, failed: this.#failedSteps }
  }
}
