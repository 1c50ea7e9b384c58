/**
 * Holm's step-down correction: the p-values, each raised so that comparing all of them with α calls anything at all by mistake
 * with a chance of α at most. Source: S. Holm, "A simple sequentially rejective multiple test procedure", 1979.
 */
export const holm = (pValues: readonly number[]): readonly number[] => {
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1))
  const corrected: number[] = pValues.map(() => 1)
  let least = 0
  for (const [rank, index] of order.entries()) {
    least = Math.max(least, Math.min(1, (pValues[index] ?? 1) * (pValues.length - rank)))
    corrected[index] = least
  }
  return corrected
}
