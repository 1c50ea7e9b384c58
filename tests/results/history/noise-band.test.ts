import fc from 'fast-check'
import { mad, median } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { noiseBand } from '../../../results/history/noise-band.ts'

const times = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 5, maxLength: 60 })

describe('noiseBand', () => {
  it('is the median and three robust deviations around it', () => {
    fc.assert(
      fc.property(times, (values) => {
        const band = noiseBand(values, () => 0)
        expect(band?.median).toBeCloseTo(median(values), 6)
        expect(band?.high).toBeCloseTo(median(values) + 3 * 1.4826 * mad(values), 6)
        expect(band?.low).toBeCloseTo(median(values) - 3 * 1.4826 * mad(values), 6)
        expect(band?.runs).toBe(values.length)
      }),
    )
  })

  it('does not move far for one wild run in many', () => {
    const usual = [100, 101, 102, 103, 104, 105, 106]
    const [without, beside] = [noiseBand(usual, () => 0), noiseBand([...usual, 90_000], () => 0)]
    expect(Math.abs((beside?.high ?? 0) - (without?.high ?? 0))).toBeLessThan(5)
  })

  it('is never narrower than what can be told apart', () => {
    expect(noiseBand([100, 100, 100, 100, 100], (at) => at * 0.02)).toEqual({
      median: 100,
      low: 98,
      high: 102,
      runs: 5,
    })
  })

  it('cannot be told from fewer than five runs', () => {
    expect(noiseBand([1, 2, 3, 4], () => 0)).toBeUndefined()
  })
})
