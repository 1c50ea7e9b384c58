/** A figure that is looked at again and again from a beginning to an end, by the quarters of the way. */
export class Quarters {
  readonly #sums = [0, 0, 0, 0]
  readonly #counts = [0, 0, 0, 0]

  /** `ratio`: how far it has come, from 0 to 1. */
  add(ratio: number, value: number): void {
    const quarter = Math.min(3, Math.floor(ratio * 4))
    this.#sums[quarter] = (this.#sums[quarter] ?? 0) + value
    this.#counts[quarter] = (this.#counts[quarter] ?? 0) + 1
  }

  /** NaN where nobody looked. */
  get means(): readonly number[] {
    return this.#sums.map((sum, quarter) => sum / (this.#counts[quarter] ?? 0))
  }

  /** The last as a multiple of the second. */
  get growth(): number {
    return (this.means[3] ?? Number.NaN) / (this.means[1] ?? Number.NaN)
  }
}
