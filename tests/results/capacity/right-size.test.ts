import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { rightSize } from '../../../results/capacity/right-size.ts'

describe('rightSize', () => {
  it('provisions what the forecast takes of the limit, with a fifth to spare', () => {
    // 16 × 1.5 / (4 × 0.8) = 7.5
    expect(rightSize({ vcpus: 16, limit: 4, forecast: 1.5 })).toBe(8)
    // 8 × 3 / (2 × 0.8) = 15
    expect(rightSize({ vcpus: 8, limit: 2, forecast: 3 })).toBe(15)
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a limit of %d', (limit) => {
    expect(() => rightSize({ vcpus: 8, limit, forecast: 1 })).toThrow(RangeError)
  })
})

test('whatever is forecast: the reserve is kept, and one processor less would break it', () => {
  const above0 = fc.double({ min: 0.01, max: 100, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), above0, above0, (vcpus, limit, forecast) => {
      const needed = rightSize({ vcpus, limit, forecast })
      const limitOf = (count: number) => (limit * count) / vcpus
      expect(forecast).toBeLessThanOrEqual(0.8 * limitOf(needed) * (1 + 1e-9))
      expect(forecast).toBeGreaterThan(0.8 * limitOf(needed - 1) * (1 - 1e-9))
    }),
  )
})
