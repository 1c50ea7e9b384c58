import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rngOf } from '../../generators/rng.ts'
import { type Workers, workersSchema } from '../../model/workers.ts'
import { WorkerPool } from '../../twin/http/worker-pool.ts'
import { clientOf, testTwin } from './test-twin.ts'

const poolOf = (workers: Partial<Workers>): WorkerPool =>
  new WorkerPool(workersSchema.parse({ count: 1, serviceMs: 10, ...workers }), rngOf(1))

describe('workers of a system', () => {
  it('serve as many requests at a time as there are workers, and the next when the first is free', () => {
    const pool = poolOf({ count: 2 })
    expect([0, 0, 0, 4, 12].map((nowMs) => pool.delayMs('GET /fhir/Slot', nowMs))).toEqual([10, 10, 20, 16, 18])
  })

  it('do count / serviceMs under any load that keeps them busy', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 1, max: 50, noNaN: true }),
        fc.integer({ min: 100, max: 500 }),
        (count, serviceMs, requests) => {
          const pool = poolOf({ count, serviceMs })
          const doneMs = Array.from({ length: requests }, () => pool.delayMs('GET /fhir/Slot', 0))
          expect(Math.max(...doneMs)).toBeCloseTo(Math.ceil(requests / count) * serviceMs, 6)
        },
      ),
    )
  })

  it('take longer for the kinds of requests that have a factor, and for no other', () => {
    const pool = poolOf({ factors: { 'GET /fhir/Slot': 1.2 } })
    expect(pool.delayMs('GET /fhir/Slot', 0)).toBe(12)
    expect(pool.delayMs('PATCH /fhir/Slot/{id}', 100)).toBe(10)
  })

  it('vary as they are told, around the same mean', () => {
    const pool = poolOf({ variationRatio: 0.5 })
    const times = Array.from({ length: 20_000 }, (_, index) => pool.delayMs('GET /fhir/Slot', index * 10_000))
    const mean = times.reduce((sum, one) => sum + one, 0) / times.length
    const deviation = Math.sqrt(times.reduce((sum, one) => sum + (one - mean) ** 2, 0) / times.length)
    expect(mean).toBeGreaterThan(9.8)
    expect(mean).toBeLessThan(10.2)
    expect(deviation / mean).toBeGreaterThan(0.45)
    expect(deviation / mean).toBeLessThan(0.55)
  })

  it('are told to the processes of the twin', { timeout: 30_000 }, async () => {
    const workers = { recup: workersSchema.parse({ count: 1, serviceMs: 300 }) }
    const twin = await testTwin({ systems: ['recup', 'prescriptions'], workers })
    const client = clientOf(twin)
    const startedMs = performance.now()
    await Promise.all([1, 2, 3].map(() => client.search('Slot?_count=1').next()))
    expect(performance.now() - startedMs).toBeGreaterThan(890)
  })
})
