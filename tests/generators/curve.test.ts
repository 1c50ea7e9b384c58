import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayCurve, expectedBetween, retimed, scaled } from '../../generators/curve.ts'

const hourMs = 3_600_000
const allDay = { from: 0, to: 1440 }
const shares = fc.array(fc.double({ min: 0.1, max: 20, noNaN: true }), { minLength: 24, maxLength: 24 })

describe('dayCurve', () => {
  test('integrates each hour to its share and the day to its total', () => {
    fc.assert(
      fc.property(shares, fc.double({ min: 1, max: 1e6, noNaN: true }), (hourShares, arrivalsPerDay) => {
        const curve = dayCurve({ arrivalsPerDay, hourShares, openMinutes: allDay })
        const total = hourShares.reduce((sum, share) => sum + share, 0)
        for (const [hour, share] of hourShares.entries()) {
          const wanted = (arrivalsPerDay * share) / total
          expect(expectedBetween(curve, hour * hourMs, (hour + 1) * hourMs) / wanted).toBeCloseTo(1, 9)
        }
        expect(expectedBetween(curve, 0, 24 * hourMs) / arrivalsPerDay).toBeCloseTo(1, 9)
      }),
    )
  })

  test('has no arrivals outside the opening hours and keeps the share of an hour that is half open', () => {
    const hourShares = [...Array<number>(7).fill(0), 5, 12, ...Array<number>(15).fill(0)]
    const curve = dayCurve({ arrivalsPerDay: 170, hourShares, openMinutes: { from: 450, to: 540 } })
    expect(expectedBetween(curve, 0, 7.5 * hourMs)).toBe(0)
    expect(expectedBetween(curve, 7.5 * hourMs, 8 * hourMs)).toBeCloseTo(50, 9)
    expect(expectedBetween(curve, 9 * hourMs, 24 * hourMs)).toBe(0)
  })
})

describe('expectedBetween', () => {
  test('adds up over adjoining stretches', () => {
    const curve = dayCurve({ arrivalsPerDay: 1000, hourShares: Array<number>(24).fill(1), openMinutes: allDay })
    const whole = expectedBetween(curve, 1_234_567, 55_555_555)
    expect(expectedBetween(curve, 1_234_567, 7_000_001) + expectedBetween(curve, 7_000_001, 55_555_555)).toBeCloseTo(
      whole,
      9,
    )
  })
})

test('scaled multiplies segment by segment', () => {
  const curve = [
    { fromMs: 0, toMs: 10, arrivalsPerMs: 1 },
    { fromMs: 10, toMs: 20, arrivalsPerMs: 1 },
  ]
  expect(expectedBetween(scaled(curve, [2, 3]), 0, 20)).toBe(50)
})

test('retimed keeps the rate and changes the length', () => {
  const curve = [{ fromMs: 100, toMs: 200, arrivalsPerMs: 2 }]
  expect(retimed(curve, { originMs: 100, offsetMs: 7, stretch: 0.5 })).toEqual([
    { fromMs: 7, toMs: 57, arrivalsPerMs: 2 },
  ])
})

test('squeezing leaves what is before the slice as it was: it is under way when the slice begins', () => {
  const hours = [0, 1, 2].map((hour) => ({
    fromMs: hour * 3_600_000,
    toMs: (hour + 1) * 3_600_000,
    arrivalsPerMs: hour + 1,
  }))
  const squeezed = retimed(hours, { originMs: 3_600_000, offsetMs: 10_000, stretch: 0.01 })
  expect(squeezed).toEqual([
    { fromMs: 10_000 - 3_600_000, toMs: 10_000, arrivalsPerMs: 1 },
    { fromMs: 10_000, toMs: 46_000, arrivalsPerMs: 2 },
    { fromMs: 46_000, toMs: 82_000, arrivalsPerMs: 3 },
  ])
})
