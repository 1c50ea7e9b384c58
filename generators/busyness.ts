import { beta, gamma } from './distributions.ts'
import type { Rng } from './rng.ts'

export interface Overdispersion {
  readonly dayCv: number
  readonly quarterCv: number
  /** Lag-1 correlation of neighbouring quarter hours, 0 ≤ ρ < 1. */
  readonly quarterCorrelation: number
}

/**
 * Factors by which a drawn day is busier or calmer than expected, one per quarter hour: G · Gᵢ with G and every Gᵢ
 * gamma distributed with mean 1 and CV c (shape k = 1/c²).
 * Gᵢ is the beta-gamma autoregression (Lewis, McKenzie, Hugus 1989): Xᵢ = B·Xᵢ₋₁ + Γ(k(1−ρ)), B ~ Beta(kρ, k(1−ρ)),
 * which keeps the gamma marginal and has lag-1 correlation ρ.
 */
export const busyness = (
  rng: Rng,
  { dayCv, quarterCv, quarterCorrelation }: Overdispersion,
  quarters: number,
): readonly number[] => {
  const day = unitGamma(rng.split('day'), dayCv)
  if (quarterCv === 0) return Array<number>(quarters).fill(day)
  const k = 1 / quarterCv ** 2
  const draws = rng.split('quarters')
  let x = gamma(draws, k)
  return Array.from({ length: quarters }, (_, index) => {
    if (index > 0) {
      const kept = quarterCorrelation === 0 ? 0 : beta(draws, k * quarterCorrelation, k * (1 - quarterCorrelation)) * x
      x = kept + gamma(draws, k * (1 - quarterCorrelation))
    }
    return (day * x) / k
  })
}

const unitGamma = (rng: Rng, cv: number): number => (cv === 0 ? 1 : gamma(rng, 1 / cv ** 2) * cv ** 2)
