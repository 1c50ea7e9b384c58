import { mean, sampleCorrelation, sampleStandardDeviation } from 'simple-statistics'
import { expect, test } from 'vitest'
import { busyness } from '../../generators/busyness.ts'
import { rngOf } from '../../generators/rng.ts'

const model = { dayCv: 0.08, quarterCv: 0.05, quarterCorrelation: 0.6 }
const days = Array.from({ length: 1000 }, (_, day) => busyness(rngOf(day), model, 96))

test('over 1,000 days the factor of a quarter hour has mean 1 and the coefficient of variation of both factors', () => {
  const noon = days.map((factors) => factors[48] ?? 0)
  // Var(G·Gᵢ) = (1 + c²day)(1 + c²quarter) − 1
  const cv = Math.sqrt((1 + model.dayCv ** 2) * (1 + model.quarterCv ** 2) - 1)
  expect(Math.abs(mean(noon) - 1)).toBeLessThan((4 * cv) / Math.sqrt(1000))
  expect(sampleStandardDeviation(noon) / cv).toBeGreaterThan(0.91)
  expect(sampleStandardDeviation(noon) / cv).toBeLessThan(1.09)
})

test('over 1,000 days the mean of a day has nearly the coefficient of variation of the day', () => {
  const means = days.map((factors) => mean([...factors]))
  // Var(mean of n AR(1) values) ≈ c²quarter/n · (1+ρ)/(1−ρ)
  const cv = Math.sqrt(model.dayCv ** 2 + (model.quarterCv ** 2 / 96) * (1.6 / 0.4))
  expect(sampleStandardDeviation(means) / cv).toBeGreaterThan(0.91)
  expect(sampleStandardDeviation(means) / cv).toBeLessThan(1.09)
})

test('neighbouring quarter hours are correlated as the model says', () => {
  const quiet = { ...model, dayCv: 0 }
  const pairs = Array.from({ length: 1000 }, (_, day) => busyness(rngOf(day), quiet, 2))
  const correlation = sampleCorrelation(
    pairs.map(([first = 0]) => first),
    pairs.map(([, second = 0]) => second),
  )
  expect(correlation).toBeGreaterThan(0.53)
  expect(correlation).toBeLessThan(0.67)
})

test('without overdispersion every factor is 1', () => {
  expect(busyness(rngOf(1), { dayCv: 0, quarterCv: 0, quarterCorrelation: 0 }, 3)).toEqual([1, 1, 1])
})
