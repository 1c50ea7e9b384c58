/** What one case of a proof came to. */
export interface Figure {
  readonly figure: string
  readonly ok: boolean
}

/** One thing to be shown, with its limit in words. */
export interface ProofCase {
  readonly name: string
  readonly limit: string
  run(): Promise<Figure>
}

/** A long proof: cases that can each be run on their own. */
export interface Proof {
  readonly name: string
  readonly cases: readonly ProofCase[]
}
