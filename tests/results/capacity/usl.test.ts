import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rngOf } from '../../../generators/rng.ts'
import type { UslFit } from '../../../model/capacity-record.ts'
import { fitUsl, type Level, uslThroughput } from '../../../results/capacity/usl.ts'

const rng = () => rngOf(1).split('capacity')

const levelsOf = (pairs: readonly (readonly [number, number])[]): readonly Level[] =>
  pairs.map(([inFlight, goodPerSecond]) => ({ inFlight, goodPerSecond }))

const fitted = (levels: readonly Level[]): UslFit => {
  const fitted = fitUsl(levels, rng())
  if (fitted.kind === 'untold') throw new Error(fitted.why)
  return fitted.fit
}

/** The law itself. */
const lawful = (loads: readonly number[], lambda: number, [sigma, kappa]: readonly [number, number]) =>
  levelsOf(loads.map((n) => [n, (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1))]))

/** SPEC SDM91 on a Sun SPARCcenter 2000: the data set `specsdm91` of R's package usl. */
const specsdm91 = levelsOf([
  [1, 64.9],
  [18, 995.9],
  [36, 1652.4],
  [72, 1853.2],
  [108, 1828.9],
  [144, 1775],
  [216, 1702.2],
])

describe('fitUsl', () => {
  it('finds the published law of specsdm91', () => {
    const fit = fitted(specsdm91)
    expect(fit.sigma.value).toBeCloseTo(0.02773, 5)
    expect(fit.kappa.value).toBeCloseTo(1.044e-4, 6)
    expect(fit.lambdaPerSecond.value).toBeCloseTo(90, 1)
    expect(fit.peak?.inFlight).toBeCloseTo(96.5, 1)
    expect(fit.rSquared).toBeGreaterThan(0.98)
  })

  it('gives intervals around its values, the same for the same seed', () => {
    const fit = fitted(specsdm91)
    for (const { value, low, high } of [fit.sigma, fit.kappa, fit.lambdaPerSecond]) {
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(high).toBeGreaterThan(low)
    }
    expect(fitted(specsdm91)).toEqual(fit)
  })

  it('finds any law again that made the levels', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1000, noNaN: true }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.double({ min: 1e-5, max: 0.02, noNaN: true }),
        (lambda, sigma, kappa) => {
          const loads = [1, 2, 5, 10, 20, 40, 80]
          const fit = fitted(lawful(loads, lambda, [sigma, kappa]))
          for (const n of loads) {
            const [truth] = lawful([n], lambda, [sigma, kappa])
            const expected = truth?.goodPerSecond ?? 0
            expect(Math.abs(uslThroughput(fit, n) - expected) / expected).toBeLessThan(0.01)
          }
        },
      ),
      { numRuns: 30 },
    )
  }, 120_000)

  it('never takes less than nothing for contention or coherency, also where work gets easier together', () => {
    const fit = fitted(levelsOf([1, 2, 4, 8, 16, 32].map((n) => [n, 10 * n ** 1.1])))
    expect(fit.sigma.value).toBe(0)
    expect(fit.kappa.value).toBe(0)
    expect(fit.peak).toBeNull()
  })

  it('tells no peak that lies beyond twice of what was tried', () => {
    const near = fitted(lawful([1, 2, 5, 10, 20, 60], 10, [0.01, 1e-4]))
    expect(near.peak?.inFlight).toBeCloseTo(Math.sqrt(0.99 / 1e-4), 0)
    expect(fitted(lawful([1, 2, 5, 10, 20, 40], 10, [0.01, 1e-4])).peak).toBeNull()
  })

  it('refuses fewer than six different loads', () => {
    const five = lawful([1, 2, 5, 10, 20], 10, [0.1, 0.01])
    const untold = { kind: 'untold', why: '5 levels of load that can be used, 6 are needed' }
    expect(fitUsl(five, rng())).toEqual(untold)
    expect(fitUsl([...five, ...five], rng())).toEqual(untold)
  })
})
