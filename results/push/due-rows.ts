import type { Row } from '../../model/row.ts'

/** Goes through the rows of a stream as their time comes. */
export class DueRows {
  readonly #rows: readonly Pick<Row, 'dueMs' | 'journey'>[]
  #next = 0

  /** `rows` in the order of their due time. */
  constructor(rows: readonly Pick<Row, 'dueMs' | 'journey'>[]) {
    this.#rows = rows
  }

  /** How many rows of each journey have become due since the last call. */
  until(elapsedMs: number): ReadonlyMap<string, number> {
    const due = new Map<string, number>()
    for (let row = this.#rows[this.#next]; row !== undefined && row.dueMs <= elapsedMs; row = this.#rows[this.#next]) {
      due.set(row.journey, (due.get(row.journey) ?? 0) + 1)
      this.#next += 1
    }
    return due
  }
}
