import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metrics } from '../../../model/metrics.ts'
import { Histogram } from '../../../results/histogram.ts'
import { WriteRequests } from '../../../results/push/write-request.ts'
import { decodeWriteRequest } from './decode-write-request.ts'

const atUnixMs = 1_790_000_000_123

describe('a write request', () => {
  it('has sorted labels, none that is empty, and what the metric means', () => {
    const series = { key: 'a', metric: metrics.rowsDue, labels: { stream: 'web', journey: '' }, value: 7 }
    const requests = new WriteRequests({ run: 'r1' })
    const body = requests.encode([{ series, values: [{ atUnixMs, value: 7 }] }], [metrics.rowsDue])
    const decoded = decodeWriteRequest(body)
    expect(decoded.series[0]?.labelNames).toEqual(['__name__', 'run', 'stream'])
    expect(decoded.series[0]?.samples).toEqual([{ value: 7, atUnixMs }])
    expect(decoded.described).toEqual([{ type: 1, name: 'collaudo_rows_due_total', help: metrics.rowsDue.meaning }])
  })

  it('holds a histogram bucket by bucket, whatever was recorded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), { maxLength: 50 }),
        (ms) => {
          const histogram = new Histogram()
          for (const one of ms) histogram.record(one)
          const series = { key: 'a', metric: metrics.stepDuration, labels: {}, value: histogram }
          const body = new WriteRequests({}).encode([{ series, values: [{ atUnixMs, value: histogram }] }], [])
          const [decoded] = decodeWriteRequest(body).series[0]?.histograms ?? []
          expect(decoded).toEqual({
            count: ms.length,
            sum: histogram.sumMs / 1000,
            schema: 5,
            zeroCount: histogram.zeros,
            buckets: expect.anything(),
            atUnixMs,
          })
          expect(decoded?.buckets.filter(([, count]) => count > 0)).toEqual(histogram.positiveBuckets())
        },
      ),
    )
  })

  it('tells what a histogram has got since the last request, and the time of each', () => {
    const latency = new Histogram()
    const series = { key: 'a', metric: metrics.stepDuration, labels: { stream: 'web' }, value: latency }
    const requests = new WriteRequests({})
    const seen = [0, 1, 2].map((push) => {
      if (push !== 1) latency.record(5)
      const body = requests.encode([{ series, values: [{ atUnixMs: atUnixMs + push, value: latency }] }], [])
      const [histogram] = decodeWriteRequest(body).series[0]?.histograms ?? []
      return [histogram?.count, histogram?.atUnixMs]
    })
    expect(seen).toEqual([
      [1, atUnixMs],
      [1, atUnixMs + 1],
      [2, atUnixMs + 2],
    ])
  })
})
