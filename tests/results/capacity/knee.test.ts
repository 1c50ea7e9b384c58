import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kneeOf } from '../../../results/capacity/knee.ts'

const points = (xs: readonly number[], y: (x: number) => number) => xs.map((x) => ({ x, y: y(x) }))
const tenths = Array.from({ length: 10 }, (_, index) => index / 9)
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('kneeOf', () => {
  it('finds the knee of figure 2 of the paper (Satopää 2011)', () => {
    expect(
      kneeOf(
        points(tenths, (x) => 5 - 1 / (x + 0.1)),
        'falling',
      )?.x,
    ).toBeCloseTo(2 / 9, 9)
  })

  it('finds where the latency of a queue begins to rise: at four fifths of its load', () => {
    const knee = kneeOf(
      points(upTo(19), (x) => 1 / (1 - x / 20)),
      'rising',
    )
    expect(knee?.x).toBe(16)
  })

  it('finds the corner of two straight lines, whichever way they bend', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 9 }), (corner) => {
        expect(
          kneeOf(
            points(upTo(12), (x) => Math.min(x, corner)),
            'falling',
          )?.x,
        ).toBe(corner)
        expect(
          kneeOf(
            points(upTo(12), (x) => Math.max(0, x - corner)),
            'rising',
          )?.x,
        ).toBe(corner)
      }),
    )
  })

  it('finds the same knee in whatever order the points come, and whatever their units', () => {
    const curve = points(upTo(12), (x) => Math.max(0, x - 8) ** 2)
    const other = curve.toReversed().map(({ x, y }) => ({ x: 1000 * x, y: 7 + 0.001 * y }))
    expect(kneeOf(other, 'rising')?.x).toBe(1000 * (kneeOf(curve, 'rising')?.x ?? 0))
  })

  it('is not led astray by one point that falls', () => {
    const curve = points(upTo(12), (x) => Math.max(0, x - 8) + (x === 4 ? 0.3 : 0))
    expect(kneeOf(curve, 'rising')?.x).toBe(8)
  })

  it('finds none in a line, in what does not grow, or in fewer than eight points', () => {
    expect(
      kneeOf(
        points(upTo(12), (x) => 3 * x),
        'rising',
      ),
    ).toBeUndefined()
    expect(
      kneeOf(
        points(upTo(12), () => 3),
        'rising',
      ),
    ).toBeUndefined()
    expect(
      kneeOf(
        points(upTo(7), (x) => Math.max(0, x - 5)),
        'rising',
      ),
    ).toBeUndefined()
  })
})
