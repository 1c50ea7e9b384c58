import { DDSketch } from '@datadog/sketches-js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Histogram } from '../../results/histogram.ts'

const durationsMs = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 60 })

const histogramOf = (values: readonly number[]): Histogram => {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram
}

const json = (histogram: Histogram): string => JSON.stringify(histogram)

/** The value of rank ⌈q·n⌉ of the exact values, rounded to a µs as the histogram does. */
const exactQuantile = (values: readonly number[], q: number): number => {
  const sorted = values.map((value) => Math.round(value * 1000) / 1000).toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * values.length - 1e-9) - 1)] ?? 0
}

describe('Histogram', () => {
  it('merges in any order to the same histogram as recording everything in one', () => {
    fc.assert(
      fc.property(durationsMs, durationsMs, durationsMs, (a, b, c) => {
        const whole = json(histogramOf([...a, ...b, ...c]))
        const [left, right] = [histogramOf(a), histogramOf(b)]
        left.merge(right)
        left.merge(histogramOf(c))
        right.merge(histogramOf(c))
        right.merge(histogramOf(a))
        expect(json(left)).toBe(whole)
        expect(json(right)).toBe(whole)
      }),
    )
  })

  it('is the same after being written and read', () => {
    fc.assert(
      fc.property(durationsMs, (values) => {
        const histogram = histogramOf(values)
        const read = Histogram.parse(JSON.parse(json(histogram)))
        expect(json(read)).toBe(json(histogram))
        expect(read.count).toBe(values.length)
      }),
    )
  })

  it('gives quantiles within 1.1 % of the exact ones, and never above the maximum', () => {
    fc.assert(
      fc.property(durationsMs, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        fc.pre(values.length > 0)
        const exact = exactQuantile(values, q)
        const histogram = histogramOf(values)
        expect(Math.abs(histogram.quantile(q) - exact)).toBeLessThanOrEqual(exact * 0.011)
        expect(histogram.quantile(q)).toBeLessThanOrEqual(histogram.maxMs)
      }),
    )
  })

  it('counts values up to a bound, exactly but for those within 1.1 % of it', () => {
    fc.assert(
      fc.property(durationsMs, fc.double({ min: 0, max: 100_000, noNaN: true }), (values, bound) => {
        const histogram = histogramOf(values)
        const surelyBelow = values.filter((ms) => ms * 1.011 <= bound).length
        const surelyAbove = values.filter((ms) => ms > bound * 1.011 + 0.001).length
        expect(histogram.countUpTo(bound)).toBeGreaterThanOrEqual(surelyBelow)
        expect(histogram.countUpTo(bound)).toBeLessThanOrEqual(values.length - surelyAbove)
      }),
    )
  })

  it('adds up values with so much of each at most, within 1.1 % of the exact sum', () => {
    fc.assert(
      fc.property(durationsMs, fc.double({ min: 0, max: 1e6, noNaN: true }), (values, bound) => {
        const exact = values.reduce((sum, ms) => sum + Math.min(ms, bound), 0)
        expect(Math.abs(histogramOf(values).sumUpTo(bound) - exact)).toBeLessThanOrEqual(
          0.011 * exact + 0.001 * values.length,
        )
      }),
    )
  })

  it('agrees with DDSketch on a long tail within the sum of both errors', () => {
    const sketch = new DDSketch({ relativeAccuracy: 0.01 })
    const values = Array.from({ length: 20_000 }, (_, i) => 10 * Math.exp(((i * 7919) % 20_000) / 3000))
    for (const value of values) sketch.accept(value)
    const histogram = histogramOf(values)
    for (const q of [0.1, 0.5, 0.9, 0.95, 0.99, 0.999]) {
      const other = sketch.getValueAtQuantile(q)
      expect(Math.abs(histogram.quantile(q) - other) / other).toBeLessThan(0.022)
    }
  })

  it('keeps count, sum and maximum exactly', () => {
    const histogram = histogramOf([0.1, 0.2, 0.3, 1234.567, 0])
    expect([histogram.count, histogram.sumMs, histogram.maxMs]).toEqual([5, 1235.167, 1234.567])
    expect(histogram.quantile(1)).toBe(1234.567)
  })

  it('puts a value that is a bucket bound below that bound', () => {
    // Bounds of schema 5: 2^(i/32) s. 1 s is the bound of bucket 0, 2 s of bucket 32; 1 µs more belongs to the next.
    expect(histogramOf([1000]).toJSON().slice(3)).toEqual([0, 1])
    expect(histogramOf([2000, 2000.001]).toJSON().slice(3)).toEqual([32, 1, 1, 1])
    expect(
      histogramOf([0.5 * 1000])
        .toJSON()
        .slice(3),
    ).toEqual([-32, 1])
  })

  it('has zero for every quantile when nothing, or only zeros and negative values, were recorded', () => {
    expect(new Histogram().quantile(0.95)).toBe(0)
    expect(histogramOf([0, -3, 0.0004]).quantile(0.5)).toBe(0)
    expect(histogramOf([0, -3, 0.0004]).count).toBe(3)
  })
})
