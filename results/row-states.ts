import { type JourneyOutcome, journeyOutcomes } from '../model/outcome.ts'

export type RowState = 'not-started' | 'under-way' | JourneyOutcome

/** Codes in the arrays: 0 not started, 1 under way, from 2 the outcome. */
const underWay = 1
const firstOutcome = 2

interface StreamRows {
  readonly states: Uint8Array
  readonly phases: Uint8Array
}

/** What became of every row of a run: two bytes a row. */
export class RowStates {
  readonly #streams: ReadonlyMap<string, StreamRows>
  #started = 0
  #ended = 0

  constructor(rowsPerStream: Readonly<Record<string, number>>) {
    this.#streams = new Map(
      Object.entries(rowsPerStream).map(([stream, rows]) => [
        stream,
        { states: new Uint8Array(rows), phases: new Uint8Array(rows) },
      ]),
    )
  }

  get planned(): number {
    return [...this.#streams.values()].reduce((sum, rows) => sum + rows.states.length, 0)
  }

  get started(): number {
    return this.#started
  }

  get ended(): number {
    return this.#ended
  }

  has(stream: string, row: number): boolean {
    return this.#streams.get(stream)?.states[row] !== undefined
  }

  /** Whether any row of the stream has started and not ended. */
  isUnderWay(stream: string): boolean {
    return this.#streams.get(stream)?.states.includes(underWay) === true
  }

  /** False when the row had started before. */
  start(stream: string, row: number, phaseIndex: number): boolean {
    const rows = this.#streams.get(stream)
    if (rows?.states[row] !== 0) return false
    rows.states[row] = underWay
    rows.phases[row] = phaseIndex
    this.#started += 1
    return true
  }

  /** Index of the phase in which the row was due; undefined when it has not started, or has ended before. */
  end(stream: string, row: number, outcome: JourneyOutcome): number | undefined {
    const rows = this.#streams.get(stream)
    if (rows?.states[row] !== underWay) return undefined
    rows.states[row] = firstOutcome + journeyOutcomes.indexOf(outcome)
    this.#ended += 1
    return rows.phases[row]
  }

  state(stream: string, row: number): RowState {
    const code = this.#streams.get(stream)?.states[row] ?? 0
    return code === 0 ? 'not-started' : (journeyOutcomes[code - firstOutcome] ?? 'under-way')
  }
}
