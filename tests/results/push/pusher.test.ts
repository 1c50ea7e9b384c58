import { describe, expect, it } from 'vitest'
import type { PushAnswer } from '../../../clients/remote-write.ts'
import { metrics } from '../../../model/metrics.ts'
import { Histogram } from '../../../results/histogram.ts'
import { Pusher } from '../../../results/push/pusher.ts'
import { SeriesStore } from '../../../results/push/series-store.ts'
import { decodeWriteRequest } from './decode-write-request.ts'

const refused: PushAnswer = { kind: 'refused', why: 'ECONNREFUSED' }

/** A pusher before somebody who answers so, in turn; then takes everything. */
const setUp = (...answers: PushAnswer[]) => {
  const store = new SeriesStore()
  const bodies: ReturnType<typeof decodeWriteRequest>[] = []
  const told: string[] = []
  const clock = { nowUnixMs: 100_000 }
  const pusher = new Pusher({
    store,
    write: async (body) => {
      bodies.push(decodeWriteRequest(body))
      return answers.shift() ?? { kind: 'taken' }
    },
    labels: { run: 'r1' },
    nowUnixMs: () => clock.nowUnixMs,
    tell: (text) => told.push(text),
    to: 'http://prometheus',
  })
  return { store, pusher, bodies, told, clock }
}

const due = { stream: 'web', journey: 'book' }
const valuesOf = (body: ReturnType<typeof decodeWriteRequest> | undefined, name: string) =>
  body?.series.find(({ labels }) => labels['__name__'] === name)?.samples

describe('a pusher', () => {
  it('says first that a counter stood at nothing, so that no rate loses its beginning', async () => {
    const { store, pusher, bodies, clock } = setUp()
    store.add(metrics.rowsDue, due, 3)
    await pusher.push()
    clock.nowUnixMs += 5000
    store.add(metrics.rowsDue, due, 2)
    await pusher.push()
    expect(bodies.map((body) => valuesOf(body, 'collaudo_rows_due_total'))).toEqual([
      [
        { value: 0, atUnixMs: 95_000 },
        { value: 3, atUnixMs: 100_000 },
      ],
      [{ value: 5, atUnixMs: 105_000 }],
    ])
    expect(bodies[0]?.series[0]?.labels).toMatchObject({ run: 'r1', stream: 'web', journey: 'book' })
  })

  it('sends no instant twice when it is called again soon', async () => {
    const { store, pusher, bodies, clock } = setUp()
    store.set(metrics.elapsed, {}, 1)
    await pusher.push()
    clock.nowUnixMs += 1000
    store.add(metrics.rowsDue, due, 1)
    await pusher.push()
    expect(valuesOf(bodies[1], 'collaudo_rows_due_total')?.[0]?.atUnixMs).toBe(100_001)
  })

  it('tells once that nobody takes it, and what was counted meanwhile is in the next push that is taken', async () => {
    const { store, pusher, bodies, told, clock } = setUp(refused, refused)
    for (let push = 1; push <= 3; push++) {
      store.add(metrics.rowsDue, due, 1)
      await pusher.push()
      clock.nowUnixMs += 5000
    }
    expect(told).toEqual([
      'push      http://prometheus did not take the metrics: ECONNREFUSED; the run goes on, and its record is whole without them',
    ])
    expect(pusher.failed).toBe(2)
    expect(valuesOf(bodies[2], 'collaudo_rows_due_total')?.map(({ value }) => value)).toEqual([0, 3])
  })

  it('leaves histograms out where they are not taken, says so once, and goes on with the rest', async () => {
    const { store, pusher, bodies, told } = setUp({ kind: 'no-histograms' })
    const latency = new Histogram()
    latency.record(5)
    store.merge(metrics.stepDuration, { stream: 'web', journey: 'book', step: 'find' }, latency)
    store.set(metrics.elapsed, {}, 1)
    await pusher.push()
    await pusher.push()
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('--enable-feature=native-histograms')
    expect(bodies.map(({ series }) => series.length)).toEqual([2, 1, 1])
    expect(pusher.failed).toBe(0)
  })

  it('tries the last push three times', async () => {
    const inTime = setUp(refused, refused)
    expect(await inTime.pusher.pushLast()).toBe(true)
    const never = setUp(refused, refused, refused, refused)
    expect(await never.pusher.pushLast()).toBe(false)
    expect(never.bodies).toHaveLength(3)
  })
})
