import type { Finding, Integrity } from '../model/run-record.ts'
import type { RowJudgement } from './classify.ts'
import type { RowWrites } from './ledger.ts'

const maxExamples = 20
/** Gravest first. */
const kinds = ['lost', 'double-booked', 'duplicated', 'half', 'corrupted', 'leaked', 'late', 'disclosed'] as const

/** Adds up what reconciliation finds, with examples of every kind. */
export class IntegrityTally {
  readonly #states = { acknowledged: 0, refused: 0, unknown: 0 }
  readonly #found = new Map<Finding['kind'], number>()
  readonly #examples = new Map<Finding['kind'], Finding[]>()
  readonly #slotsSoldTwice = new Set<string>()
  readonly #unknown = { landed: 0, absent: 0 }
  #verified = 0
  #held = 0

  /** Counts a row's writes, whether or not they can be verified. */
  count({ writes }: RowWrites): void {
    for (const { state } of writes) this.#states[state] += 1
  }

  settle(row: RowWrites, judgement: RowJudgement): void {
    this.#verified += row.writes.length
    this.#unknown.landed += judgement.unknownLanded
    this.#unknown.absent += judgement.unknownAbsent
    this.#held += judgement.held
    for (const finding of judgement.findings) this.#find(finding)
  }

  integrity(isComplete: boolean): Integrity {
    return {
      intended: this.#states.acknowledged + this.#states.refused + this.#states.unknown,
      acknowledged: this.#states.acknowledged,
      refused: this.#states.refused,
      unknown: { ...this.#unknown },
      verified: this.#verified,
      lost: this.#countOf('lost'),
      duplicated: this.#countOf('duplicated'),
      doubleBooked: this.#countOf('double-booked'),
      half: this.#countOf('half'),
      corrupted: this.#countOf('corrupted'),
      leaked: this.#countOf('leaked'),
      late: this.#countOf('late'),
      disclosed: this.#countOf('disclosed'),
      held: this.#held,
      complete: isComplete,
      examples: this.#chosenExamples(),
    }
  }

  #find(finding: Finding): void {
    if (finding.kind === 'double-booked') {
      if (this.#slotsSoldTwice.has(finding.slot)) return
      this.#slotsSoldTwice.add(finding.slot)
    }
    this.#found.set(finding.kind, this.#countOf(finding.kind) + 1)
    const examples = this.#examples.get(finding.kind) ?? []
    if (examples.length < maxExamples) this.#examples.set(finding.kind, [...examples, finding])
  }

  #countOf(kind: Finding['kind']): number {
    return this.#found.get(kind) ?? 0
  }

  /** Takes one of each kind in turn, so that a frequent kind does not hide a rare one; the gravest kind comes first. */
  #chosenExamples(): Finding[] {
    const turns = kinds.flatMap((kind) => (this.#examples.get(kind) ?? []).map((finding, turn) => ({ finding, turn })))
    const chosen = turns.toSorted((a, b) => a.turn - b.turn).slice(0, maxExamples)
    return chosen
      .map(({ finding }) => finding)
      .toSorted(
        (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.stream.localeCompare(b.stream) || a.row - b.row,
      )
  }
}
