/** A number of the region with its unit and where it comes from: a source, or the word `assumption`. */
export interface Quantity<T = number> {
  readonly value: T
  readonly unit: string
  readonly source: string
}
