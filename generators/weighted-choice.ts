/** The entry that a uniform number in [0, 1) stands for, in proportion to the weights. Throws a RangeError for no entries. */
export const weightedChoice = <T extends { readonly weight: number }>(entries: readonly T[], uniform: number): T => {
  let left = uniform * entries.reduce((sum, { weight }) => sum + weight, 0)
  for (const entry of entries) {
    left -= entry.weight
    if (left < 0) return entry
  }
  const last = entries.at(-1)
  if (!last) throw new RangeError('expected at least one weighted entry, got none')
  return last
}
