/** The entry that a uniform number in [0, 1) stands for, in proportion to the weights. Throws a RangeError for no entries. */
export const weightedChoice = <T extends { readonly weight: number }>(entries: readonly T[], uniform: number): T => {
  const sum = entries.reduce((all, { weight }) => all + weight, 0)
  return reached(entries, uniform * sum, ({ weight }) => weight)
}

/** The same of entries whose shares add up to 1. */
export const sharedChoice = <T extends { readonly share: number }>(entries: readonly T[], uniform: number): T =>
  reached(entries, uniform, ({ share }) => share)

/** The first entry that is not used up by an amount; the last one for what rounding has left. */
const reached = <T>(entries: readonly T[], amount: number, sizeOf: (entry: T) => number): T => {
  let left = amount
  for (const entry of entries) {
    left -= sizeOf(entry)
    if (left < 0) return entry
  }
  const last = entries.at(-1)
  if (last === undefined) throw new RangeError('expected at least one entry to choose from, got none')
  return last
}
