import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holm } from '../../../results/comparison/holm.ts'

describe('Holm’s correction', () => {
  it('gives the values of R’s p.adjust', () => {
    expect(holm([0.01, 0.02, 0.03, 0.04])).toEqual([0.04, 0.06, 0.06, 0.06])
    expect(holm([0.04, 0.01]).map((p) => Number(p.toFixed(6)))).toEqual([0.04, 0.02])
  })

  it('never lowers a p-value, never passes 1, and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (pValues) => {
        const corrected = holm(pValues)
        for (const [a, p] of pValues.entries()) {
          expect(corrected[a]).toBeGreaterThanOrEqual(p)
          expect(corrected[a]).toBeLessThanOrEqual(1)
          for (const [b, other] of pValues.entries()) {
            if (p < other) expect(corrected[a]).toBeLessThanOrEqual(corrected[b] ?? 1)
          }
        }
      }),
    )
  })
})
