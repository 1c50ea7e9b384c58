import { mean, sampleStandardDeviation } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { beta, exponential, gamma, normal, Weighted } from '../../generators/distributions.ts'
import { rngOf } from '../../generators/rng.ts'

const draws = 40_000

/** Mean and standard deviation must lie within five standard errors of a sample of this size. */
test.each([
  ['exponential', exponential, 1, 1],
  ['normal', normal, 0, 1],
  ['gamma of shape 4', (rng: ReturnType<typeof rngOf>) => gamma(rng, 4), 4, 2],
  ['beta of 3 and 5', (rng: ReturnType<typeof rngOf>) => beta(rng, 3, 5), 3 / 8, Math.sqrt(15 / (64 * 9))],
] as const)('%s has its mean and standard deviation', (_, draw, expectedMean, expectedDeviation) => {
  const rng = rngOf(5)
  const values = Array.from({ length: draws }, () => draw(rng))
  const standardError = expectedDeviation / Math.sqrt(draws)
  expect(Math.abs(mean(values) - expectedMean)).toBeLessThan(5 * standardError)
  expect(Math.abs(sampleStandardDeviation(values) - expectedDeviation)).toBeLessThan(10 * standardError)
})

describe('Weighted', () => {
  test('draws each value in proportion to its weight', () => {
    const weighted = new Weighted([['a', 1], ['b', 0], ['c', 3]] as const)
    const rng = rngOf(9)
    const drawn = Array.from({ length: draws }, () => weighted.draw(rng))
    expect(drawn).not.toContain('b')
    expect(drawn.filter((value) => value === 'c').length / draws).toBeCloseTo(0.75, 1)
  })

  test('refuses to draw from nothing', () => {
    expect(() => new Weighted([]).draw(rngOf(1))).toThrow(RangeError)
  })
})
