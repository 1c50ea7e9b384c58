import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { rightSize } from '../../results/right-sizing.ts'

describe('rightSize', () => {
  it('provisions what the forecast takes of the limit, with a fifth to spare', () => {
    // 16 × 1.5 / (4 × 0.8) = 7.5
    const size = rightSize({ vcpus: 16, limitScale: 4, forecastScale: 1.5 })
    expect(size).toEqual({ vcpus: 8, spareVcpus: 8, headroomRatio: 0.625, isExtrapolated: false })
  })

  it('says how many are missing, and that nobody has measured so much', () => {
    const size = rightSize({ vcpus: 8, limitScale: 2, forecastScale: 3 })
    expect(size).toEqual({ vcpus: 15, spareVcpus: -7, headroomRatio: -0.5, isExtrapolated: true })
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a limit of %d', (limitScale) => {
    expect(() => rightSize({ vcpus: 8, limitScale, forecastScale: 1 })).toThrow(RangeError)
  })
})

test('whatever is forecast: the reserve is kept, and one processor less would break it', () => {
  const above0 = fc.double({ min: 0.01, max: 100, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), above0, above0, (vcpus, limitScale, forecastScale) => {
      const size = rightSize({ vcpus, limitScale, forecastScale })
      const limitOf = (count: number) => (limitScale * count) / vcpus
      expect(forecastScale).toBeLessThanOrEqual(0.8 * limitOf(size.vcpus) * (1 + 1e-9))
      expect(forecastScale).toBeGreaterThan(0.8 * limitOf(size.vcpus - 1) * (1 - 1e-9))
    }),
  )
})
