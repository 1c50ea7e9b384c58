import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headroomRatio } from '../../../results/capacity/headroom.ts'
import { monthsToLimit } from '../../../results/capacity/months-to-limit.ts'

describe('headroomRatio', () => {
  it('is the part of the limit that the forecast leaves', () => {
    expect(headroomRatio(1, 4)).toBe(0.75)
    expect(headroomRatio(5, 4)).toBe(-0.25)
  })
})

describe('monthsToLimit', () => {
  it('is a year for a load that grows by a tenth to a limit a tenth higher', () => {
    const growth = { lowRatio: 0.1, highRatio: 0.1 }
    expect(monthsToLimit(100, { low: 110, high: 121 }, growth)).toEqual({
      low: expect.closeTo(12, 9),
      high: expect.closeTo(24, 9),
    })
  })

  it('is over where the load has reached it, and never comes where nothing grows', () => {
    const none = { lowRatio: 0, highRatio: 0 }
    expect(monthsToLimit(100, { low: 90, high: 100 }, none)).toEqual({ low: 0, high: 0 })
    expect(monthsToLimit(100, { low: 110, high: 120 }, none)).toEqual({ low: null, high: null })
    expect(monthsToLimit(100, { low: 110, high: null }, { lowRatio: 0.1, highRatio: 0.1 }).high).toBeNull()
  })

  it('lets a load that grew for so long reach the limit', () => {
    const ratio = fc.double({ min: 0.001, max: 1, noNaN: true })
    fc.assert(
      fc.property(ratio, ratio, fc.double({ min: 1.01, max: 50, noNaN: true }), (a, b, times) => {
        const [lowRatio, highRatio] = [Math.min(a, b), Math.max(a, b)]
        const { low, high } = monthsToLimit(2, { low: 2 * times, high: 2.1 * times }, { lowRatio, highRatio })
        expect(2 * (1 + highRatio) ** ((low ?? 0) / 12)).toBeCloseTo(2 * times, 6)
        expect(2 * (1 + lowRatio) ** ((high ?? 0) / 12)).toBeCloseTo(2.1 * times, 6)
        expect(high ?? 0).toBeGreaterThan(low ?? 0)
      }),
    )
  })
})
