/**
 * Kolmogorov–Smirnov: the chance that uniform values lie as far from the diagonal as these.
 * p = 2 Σ (−1)^(k−1) exp(−2 k² x²), x = D (√n + 0.12 + 0.11/√n) (Stephens 1970).
 */
export const uniformityP = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const n = sorted.length
  const distance = sorted.reduce((most, value, index) => Math.max(most, (index + 1) / n - value, value - index / n), 0)
  const x = distance * (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n))
  let p = 0
  for (let k = 1; k <= 100; k++) p += 2 * (-1) ** (k - 1) * Math.exp(-2 * k * k * x * x)
  return Math.min(1, Math.max(0, p))
}
