import { mean, sampleStandardDeviation } from 'simple-statistics'
import { describe, expect, test } from 'vitest'
import { beta, exponential, gamma, normal, Weighted } from '../../generators/distributions.ts'
import { rngOf } from '../../generators/rng.ts'

const draws = 40_000

/** Mean and standard deviation must lie within five standard errors of a sample of this size. */
test.each([
  ['exponential', exponential, { mean: 1, deviation: 1 }],
  ['normal', normal, { mean: 0, deviation: 1 }],
  ['gamma of shape 4', (rng: ReturnType<typeof rngOf>) => gamma(rng, 4), { mean: 4, deviation: 2 }],
  [
    'beta of 3 and 5',
    (rng: ReturnType<typeof rngOf>) => beta(rng, 3, 5),
    { mean: 3 / 8, deviation: Math.sqrt(15 / (64 * 9)) },
  ],
] as const)('%s has its mean and standard deviation', (_, draw, expected) => {
  const rng = rngOf(5)
  const values = Array.from({ length: draws }, () => draw(rng))
  const standardError = expected.deviation / Math.sqrt(draws)
  expect(Math.abs(mean(values) - expected.mean)).toBeLessThan(5 * standardError)
  expect(Math.abs(sampleStandardDeviation(values) - expected.deviation)).toBeLessThan(10 * standardError)
})

describe('Weighted', () => {
  test('draws each value in proportion to its weight', () => {
    const weighted = new Weighted([
      ['a', 1],
      ['b', 0],
      ['c', 3],
    ] as const)
    const rng = rngOf(9)
    const drawn = Array.from({ length: draws }, () => weighted.draw(rng))
    expect(drawn).not.toContain('b')
    expect(drawn.filter((value) => value === 'c').length / draws).toBeCloseTo(0.75, 1)
  })

  test('refuses to draw from nothing', () => {
    expect(() => new Weighted([]).draw(rngOf(1))).toThrow(RangeError)
  })
})
