import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrivals } from '../../generators/arrivals.ts'
import type { Curve } from '../../generators/curve.ts'
import { rngOf } from '../../generators/rng.ts'

const curves = fc
  .array(
    fc.record({
      lengthMs: fc.integer({ min: 1, max: 10_000 }),
      arrivalsPerMs: fc.double({ min: 0, max: 0.05, noNaN: true }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts): Curve => {
    let atMs = 0
    return parts.map(({ lengthMs, arrivalsPerMs }) => {
      const fromMs = atMs
      atMs += lengthMs
      return { fromMs, toMs: atMs, arrivalsPerMs }
    })
  })

test('arrivals are sorted, inside the curve, and never where the rate is zero', () => {
  fc.assert(
    fc.property(curves, fc.nat(), (curve, seed) => {
      let beforeMs = 0
      for (const atMs of arrivals(rngOf(seed), curve)) {
        expect(atMs).toBeGreaterThanOrEqual(beforeMs)
        const segment = curve.find(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs)
        expect(segment?.arrivalsPerMs).toBeGreaterThan(0)
        beforeMs = atMs
      }
    }),
  )
})

test('the count over many draws has the mean and the variance of a Poisson law', () => {
  const curve = [
    { fromMs: 0, toMs: 1000, arrivalsPerMs: 0.02 },
    { fromMs: 1000, toMs: 2000, arrivalsPerMs: 0.08 },
  ]
  const counts = Array.from({ length: 2000 }, (_, seed) => [...arrivals(rngOf(seed), curve)].length)
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1)
  expect(Math.abs(mean - 100)).toBeLessThan(1)
  expect(variance / 100).toBeGreaterThan(0.87)
  expect(variance / 100).toBeLessThan(1.13)
})
