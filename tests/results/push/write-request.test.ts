import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metrics } from '../../../model/metrics.ts'
import { Histogram } from '../../../results/histogram.ts'
import { encodeWriteRequest } from '../../../results/push/write-request.ts'
import { decodeWriteRequest } from './decode-write-request.ts'

const atUnixMs = 1_790_000_000_123

describe('a write request', () => {
  it('has sorted labels, none that is empty, and what the metric means', () => {
    const labels = { stream: 'web', journey: '', run: 'r1' }
    const body = encodeWriteRequest(
      [{ metric: metrics.rowsDue, labels, values: [{ atUnixMs, value: 7 }] }],
      [metrics.rowsDue],
    )
    const { series, described } = decodeWriteRequest(body)
    expect(series[0]?.labelNames).toEqual(['__name__', 'run', 'stream'])
    expect(series[0]?.samples).toEqual([{ value: 7, atUnixMs }])
    expect(described).toEqual([{ type: 1, name: 'collaudo_rows_due_total', help: metrics.rowsDue.meaning }])
  })

  it('holds a histogram bucket by bucket, whatever was recorded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })), { maxLength: 50 }),
        (ms) => {
          const histogram = new Histogram()
          for (const one of ms) histogram.record(one)
          const body = encodeWriteRequest(
            [{ metric: metrics.stepDuration, labels: {}, values: [{ atUnixMs, value: histogram }] }],
            [],
          )
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
})
