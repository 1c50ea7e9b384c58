import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pacerOfRate } from '../../../chaos/proxy/faults/bandwidth.ts'
import { latencyOfConnection } from '../../../chaos/proxy/faults/latency.ts'
import { slicing } from '../../../chaos/proxy/faults/slicing.ts'
import type { Pacer } from '../../../chaos/proxy/pacer.ts'
import { rngOf } from '../../../generators/rng.ts'

const component = 'clients→recup'

/** Chunks at rising times, each in the exchange of its number. */
const chunks = fc
  .array(fc.record({ bytes: fc.integer({ min: 0, max: 100_000 }), afterMs: fc.integer({ min: 0, max: 100 }) }))
  .map((list) => {
    let arrivedMs = 0
    return list.map(({ bytes, afterMs }, exchange) => {
      arrivedMs += afterMs
      return { bytes, arrivedMs, exchange }
    })
  })

/** When each part goes on, for chunks that come when they come. */
const parts = (pacer: Pacer | undefined, arrivals: readonly Parameters<Pacer>[0][]) =>
  arrivals.flatMap((chunk) => {
    const list: { bytes: number; atMs: number; arrivedMs: number }[] = []
    let left = chunk.bytes
    do {
      const { bytes, atMs } = pacer?.({ ...chunk, bytes: left }) ?? { bytes: left, atMs: 0 }
      list.push({ bytes, atMs, arrivedMs: chunk.arrivedMs })
      left -= bytes
    } while (left > 0)
    return list
  })

const pacers: readonly (readonly [string, () => Pacer | undefined])[] = [
  ['latency', () => latencyOfConnection({ kind: 'latency', component, delayMs: 30, jitterMs: 50 }, rngOf(1)).toClient],
  ['bandwidth', () => pacerOfRate(40_000)],
  ['slicing', () => slicing({ kind: 'slicing', component, sliceBytes: 1000, delayMs: 4 }).toClient],
]

describe.each(pacers)('the pacer of %s', (_, pacer) => {
  it('keeps the order, the bytes, and lets nothing go before it came', () => {
    fc.assert(
      fc.property(chunks, (arrivals) => {
        const list = parts(pacer(), arrivals)
        const times = list.map(({ atMs }) => atMs)
        expect(times).toEqual(times.toSorted((a, b) => a - b))
        expect(list.every(({ atMs, arrivedMs }) => atMs >= arrivedMs)).toBe(true)
        const bytes = (of: readonly { readonly bytes: number }[]) => of.reduce((sum, one) => sum + one.bytes, 0)
        expect(bytes(list)).toBe(bytes(arrivals))
      }),
    )
  })
})

describe('the pacer of latency', () => {
  const latency = (jitterMs: number) =>
    latencyOfConnection({ kind: 'latency', component, delayMs: 30, jitterMs }, rngOf(1)).toClient

  it('delays every chunk by as much, whatever came before', () => {
    fc.assert(
      fc.property(chunks, (arrivals) => {
        expect(parts(latency(0), arrivals).every(({ atMs, arrivedMs }) => atMs === arrivedMs + 30)).toBe(true)
      }),
    )
  })

  it('draws one delay for each answer, on both sides of the middle', () => {
    const arrivals = Array.from({ length: 1000 }, (_, index) => ({
      bytes: 10,
      arrivedMs: 1000 * Math.floor(index / 2),
      exchange: 7 + Math.floor(index / 2),
    }))
    const delays = parts(latency(20), arrivals).map(({ atMs, arrivedMs }) => atMs - arrivedMs)
    expect(new Set(delays).size).toBe(500)
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(10)
    expect(Math.max(...delays)).toBeLessThanOrEqual(50)
    expect(Math.abs(delays.reduce((sum, delay) => sum + delay) / 1000 - 30)).toBeLessThan(2)
  })
})

describe('the pacer of bandwidth', () => {
  it('lets no more pass than the rate, in small parts', () => {
    const list = parts(pacerOfRate(50_000), [{ bytes: 100_000, arrivedMs: 500, exchange: 0 }])
    expect(list.every(({ bytes }) => bytes <= 1000)).toBe(true)
    expect(list.at(-1)?.atMs).toBeCloseTo(2500)
  })
})
