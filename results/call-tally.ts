import type { Phase } from '../model/phase.ts'
import type { RowLine } from './row-lines.ts'

/** What a row of a timetable says of its call. */
export interface PlannedCall {
  /** False for a journey that was already under way: its caller waits for nobody. */
  readonly isNew: boolean
  /** Steps of its journey. */
  readonly screens: number
  /** All pauses of the call. */
  readonly thinkMs: number
  /** The last of them: the operator's, when the caller is gone. */
  readonly wrapUpMs: number
}

type LineOf<K extends RowLine['kind']> = Extract<RowLine, { kind: K }>

/** Adds up the calls of one stream that were due in a phase, and the time that its operators were busy in it. */
export class CallTally {
  answered = 0
  abandoned = 0
  /** Of all calls, abandoned ones too. */
  waitMs = 0
  /** Pauses of the answered calls. */
  thinkMs = 0
  /** Steps of the answered calls. */
  screens = 0
  readonly #planned: readonly PlannedCall[]
  readonly #phase: Phase
  readonly #startedMs = new Map<number, number>()
  #busyMs = 0

  /** `planned`: the rows of the stream, by their index. */
  constructor(planned: readonly PlannedCall[], phase: Phase) {
    this.#planned = planned
    this.#phase = phase
  }

  /** Rows that have not ended are busy until the phase ends. */
  get busyMs(): number {
    return [...this.#startedMs.values()].reduce(
      (sum, atMs) => sum + this.#overlapMs(atMs, this.#phase.toMs),
      this.#busyMs,
    )
  }

  take(line: RowLine): void {
    switch (line.kind) {
      case 'row':
        this.#taken(line)
        break
      case 'abandoned':
        this.#abandoned(line)
        break
      case 'end':
        this.#ended(line)
        break
      case 'write':
      case 'disclosed':
    }
  }

  #taken({ row, dueMs, takenMs, startedMs }: LineOf<'row'>): void {
    this.#startedMs.set(row, startedMs)
    if (!this.#isCounted(row, dueMs)) return
    this.answered += 1
    this.waitMs += Math.max(0, takenMs - dueMs)
    this.thinkMs += this.#planned[row]?.thinkMs ?? 0
    this.screens += this.#planned[row]?.screens ?? 0
  }

  #abandoned({ row, dueMs, leftMs }: LineOf<'abandoned'>): void {
    if (!this.#isCounted(row, dueMs)) return
    this.abandoned += 1
    this.waitMs += leftMs - dueMs
  }

  #ended({ row, endedMs }: LineOf<'end'>): void {
    const wrapUpMs = this.#planned[row]?.wrapUpMs ?? 0
    this.#busyMs += this.#overlapMs(this.#startedMs.get(row) ?? endedMs, endedMs + wrapUpMs)
    this.#startedMs.delete(row)
  }

  #isCounted(row: number, dueMs: number): boolean {
    return this.#planned[row]?.isNew === true && dueMs >= this.#phase.fromMs && dueMs < this.#phase.toMs
  }

  #overlapMs(startMs: number, endMs: number): number {
    return Math.max(0, Math.min(this.#phase.toMs, endMs) - Math.max(this.#phase.fromMs, startMs))
  }
}
