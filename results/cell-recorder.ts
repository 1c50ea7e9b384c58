import type { Phase, StepPlace } from '../model/phase.ts'
import type { RowEnded, RowStarted, StepDone } from '../model/sample.ts'
import type { Cell } from './cells.ts'
import { Histogram } from './histogram.ts'
import { phaseIndexAt } from './phase-at.ts'

type CellOf<K extends Cell['kind']> = Extract<Cell, { kind: K }>

interface Place {
  readonly phase: StepPlace
  readonly atMs: number
  readonly widthMs: number
}

/** Started later than due or taken: the load generator's own lateness. */
export const timerLagMs = ({ startedMs, dueMs, takenMs }: RowStarted): number => startedMs - Math.max(dueMs, takenMs)

/** Adds samples up in cells until they are drained. A key is (phase, bin), so a bin that a phase edge cuts stays exact. */
export class CellRecorder {
  readonly #phases: readonly Phase[]
  readonly #binMs: number
  /** When a fault begins; never, where there is none. */
  readonly #faultFromMs: number
  readonly #steps = new Map<string, CellOf<'step'>>()
  readonly #firsts = new Map<string, CellOf<'first'>>()
  readonly #rows = new Map<string, CellOf<'row'>>()
  readonly #ends = new Map<string, CellOf<'end'>>()

  constructor(phases: readonly Phase[], binMs: number) {
    this.#phases = phases
    this.#binMs = binMs
    this.#faultFromMs = phases.find(({ name }) => name === 'fault')?.fromMs ?? Number.POSITIVE_INFINITY
  }

  get size(): number {
    return this.#steps.size + this.#firsts.size + this.#rows.size + this.#ends.size
  }

  /** A row started; `phaseIndex` is that of its due time. */
  row(sample: RowStarted, phaseIndex: number): void {
    const place = this.#place(phaseIndex, sample.startedMs)
    const key = `${phaseIndex}|${place.atMs}|${sample.stream}`
    const cell = entry(this.#rows, key, () => ({
      kind: 'row',
      ...place,
      stream: sample.stream,
      timerLag: new Histogram(),
      workerWait: new Histogram(),
    }))
    cell.timerLag.record(timerLagMs(sample))
    cell.workerWait.record(sample.takenMs - sample.dueMs)
  }

  step(sample: StepDone): void {
    const { stream, journey, step, outcome, startedMs, durationMs, fromDueMs } = sample
    const what = { stream, journey, step, outcome }
    const tail = `${stream}|${journey}|${step}|${outcome}`
    const isCrossing = startedMs < this.#faultFromMs && startedMs + durationMs > this.#faultFromMs
    const at = this.#placeAt(startedMs)
    const sent = isCrossing ? { ...at, phase: 'crossing' as const } : at
    entry(this.#steps, `${sent.phase}|${sent.atMs}|${tail}`, () => ({
      kind: 'step',
      ...sent,
      ...what,
      fromSent: new Histogram(),
    })).fromSent.record(durationMs)
    if (fromDueMs === undefined) return
    const due = this.#placeAt(startedMs + durationMs - fromDueMs)
    entry(this.#firsts, `${due.phase}|${due.atMs}|${tail}`, () => ({
      kind: 'first',
      ...due,
      ...what,
      fromDue: new Histogram(),
    })).fromDue.record(fromDueMs)
  }

  /** A row's journey ended; `phaseIndex` is that of the row's due time. */
  end(sample: RowEnded, phaseIndex: number): void {
    const { stream, journey, outcome } = sample
    const place = this.#place(phaseIndex, sample.endedMs)
    const key = `${phaseIndex}|${place.atMs}|${stream}|${journey}|${outcome}`
    entry(this.#ends, key, () => ({ kind: 'end', ...place, stream, journey, outcome, count: 0 })).count += 1
  }

  /** Hands the cells over and forgets them. */
  drain(): readonly Cell[] {
    const maps = [this.#steps, this.#firsts, this.#rows, this.#ends]
    const cells = maps.flatMap((map): Cell[] => [...map.values()])
    for (const map of maps) map.clear()
    return cells
  }

  #placeAt(atMs: number): Place {
    return this.#place(phaseIndexAt(this.#phases, atMs), atMs)
  }

  #place(phaseIndex: number, atMs: number): Place {
    const phase = this.#phases[phaseIndex]?.name ?? 'steady'
    return { phase, atMs: Math.floor(atMs / this.#binMs) * this.#binMs, widthMs: this.#binMs }
  }
}

const entry = <T>(map: Map<string, T>, key: string, make: () => T): T => {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
