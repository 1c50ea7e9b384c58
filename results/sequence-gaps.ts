/**
 * Counts samples that never came, from the actors' running numbers (from 0, one more with each sample): an actor whose
 * highest number is n must have sent n + 1 samples. A sample that comes twice counts as a gap too: the books do not balance.
 */
export class SequenceGaps {
  readonly #actors = new Map<number, { highest: number; seen: number }>()

  record(actor: number, sequence: number): void {
    const entry = this.#actors.get(actor)
    if (!entry) this.#actors.set(actor, { highest: sequence, seen: 1 })
    else {
      entry.highest = Math.max(entry.highest, sequence)
      entry.seen += 1
    }
  }

  get count(): number {
    let gaps = 0
    for (const { highest, seen } of this.#actors.values()) gaps += Math.abs(highest + 1 - seen)
    return gaps
  }
}
