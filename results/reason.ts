/** Worst first: what is proven against the systems outranks what is wrong with the measurement. */
export const ranks = ['fail', 'invalid', 'inconclusive'] as const

/** One thing that speaks against a pass; a sentence. */
export interface Reason {
  readonly verdict: (typeof ranks)[number]
  readonly text: string
}
