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

/** The same of entries whose shares add up to 1. */
export const sharedChoice = <T extends { readonly share: number }>(entries: readonly T[], uniform: number): T => {
  let left = uniform
  for (const entry of entries) {
    left -= entry.share
    if (left < 0) return entry
  }
  const last = entries.at(-1)
  if (!last) throw new RangeError('expected at least one entry with a share, got none')
  return last
}
