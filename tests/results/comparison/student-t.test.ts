import { describe, expect, it } from 'vitest'
import { pValueOfT, tOfPValue } from '../../../results/comparison/student-t.ts'

/** Two-sided quantiles of Student's t, as in every printed table. */
const table = [
  { degrees: 4, p: 0.05, t: 2.776 },
  { degrees: 9, p: 0.05, t: 2.262 },
  { degrees: 9, p: 0.01, t: 3.25 },
  { degrees: 19, p: 0.05, t: 2.093 },
  { degrees: 19, p: 0.01, t: 2.861 },
  { degrees: 19, p: 0.001, t: 3.883 },
]

describe('Student’s t', () => {
  it.each(table)('with $degrees degrees of freedom has a p-value of $p at $t', ({ degrees, p, t }) => {
    expect(pValueOfT(t, degrees) / p).toBeCloseTo(1, 1)
    expect(pValueOfT(-t, degrees)).toBe(pValueOfT(t, degrees))
    expect(tOfPValue(p, degrees) / t).toBeCloseTo(1, 1)
  })
})
