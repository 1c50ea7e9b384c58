import type { Defect } from '../../model/defect.ts'

/**
 * Spreads a share of operations evenly: of any N in a row, floor or ceil of N × share are due. The seed shifts which.
 * What could not be spoiled when it was due stays due.
 */
export class DueShare {
  readonly #shareRatio: number
  readonly #phase: number
  #seen = 0
  #spent = 0

  /** `phase` 0..1: how far towards the first due operation the count begins. */
  constructor(shareRatio: number, phase: number) {
    this.#shareRatio = shareRatio
    this.#phase = phase
  }

  /** Counts an operation; tells whether one is due. */
  next(): boolean {
    this.#seen += 1
    return this.#spent < Math.floor(this.#phase + this.#seen * this.#shareRatio)
  }

  /** The due operation was spoiled. */
  spend(): void {
    this.#spent += 1
  }
}

/** Golden ratio: consecutive seeds and kinds begin at well spread phases. */
const golden = 0.618_033_988_749_895

/** Which operations a defect spoils. */
export const dueShareOf = ({ shareRatio }: Defect, seed: number): DueShare =>
  new DueShare(shareRatio, (seed * golden) % 1)
