import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FhirClient } from '../../clients/fhir-client.ts'
import type { FinalWrite } from '../../results/ledger.ts'
import { FakeTarget } from './fake-target.ts'
import { booked, none, row, run, VirtualClock } from './reconciliation.ts'

describe('reconcile', () => {
  it('finds nothing when every booking is there', async () => {
    const target = new FakeTarget()
    const rows = Array.from({ length: 173 }, (_, index) => row(index, { kind: 'hold' }, {}))
    for (const { row: index } of rows) booked(target, index)
    expect(await run(target, rows)).toEqual({
      ...none,
      intended: 346,
      acknowledged: 346,
      refused: 0,
      unknown: { landed: 0, absent: 0 },
      verified: 346,
      held: 0,
      complete: true,
      examples: [],
    })
  })

  it('asks in batches and encodes what a URL must', async () => {
    const target = booked(new FakeTarget(), 1)
    await run(
      target,
      Array.from({ length: 51 }, (_, index) => row(index, {})),
      { clock: new VirtualClock(0) },
    )
    const first = target.queries.find((query) => query.startsWith('Appointment?identifier'))
    expect(first).toMatch(/^Appointment\?identifier=urn%3Acollaudo%3Asid%3Aappointment%7Cns\.web\.0,urn/)
    expect(first).toMatch(/&_count=200$/)
  })

  it('keeps every search short, however many slots its rows have', async () => {
    const target = new FakeTarget()
    const items = Array.from({ length: 40 }, (_, item) => item)
    const rows = items.map((index) => row(index, ...items.map((item) => ({ slot: `s${index}-${item}` }))))
    for (const { row: index } of rows) {
      for (const item of items) target.slot(`s${index}-${item}`, 'busy')
      const slot = items.map((item) => `s${index}-${item}`).join(',')
      target.appointment(`ns.web.${index}`, { status: 'booked', patient: `p${index}`, slot })
    }
    expect(await run(target, rows)).toMatchObject({ ...none, verified: 1600, complete: true })
    expect(Math.max(...target.queries.map(({ length }) => length))).toBeLessThan(4000)
  })

  it('names both bookings of a slot sold twice, once, though both are rows of the run', async () => {
    const target = booked(new FakeTarget(), 1).appointment('ns.web.2', { status: 'booked', patient: 'p2', slot: 's1' })
    const found = await run(target, [row(1, {}), row(2, { slot: 's1' })])
    expect(found).toMatchObject({ ...none, doubleBooked: 1 })
    expect(found.examples).toMatchObject([{ kind: 'double-booked', identifier: 'ns.web.1 and ns.web.2', slot: 's1' }])
  })

  it('does not report what becomes visible in time', async () => {
    const target = new FakeTarget().slot('s1', 'free')
    const clock = new VirtualClock(1500, (nowMs) => {
      if (nowMs >= 2000 && target.appointments.length === 0) booked(target, 1)
    })
    expect(await run(target, [row(1, {})], { clock })).toMatchObject({ ...none, verified: 1, complete: true })
  })

  it('settles what is right at the first look, without waiting for its time to be up', async () => {
    const clock = new VirtualClock(1001)
    expect(await run(booked(new FakeTarget(), 1), [row(1, {})], { clock })).toMatchObject({
      verified: 1,
      complete: true,
    })
    expect(clock.now()).toBe(1001)
  })

  it('reports what becomes visible too late', async () => {
    const target = new FakeTarget().slot('s1', 'free')
    const clock = new VirtualClock(1500, (nowMs) => {
      if (nowMs > 6500) booked(target, 1)
    })
    expect(await run(target, [row(1, {})], { clock })).toMatchObject({ lost: 1, complete: true })
  })

  it('says what was verified when the target cannot be reached', async () => {
    const problems: string[] = []
    const target = new FakeTarget()
    target.isReachable = false
    const found = await run(target, [row(1, {}), row(2, { state: 'unknown' })], {
      onProblem: (text) => problems.push(text),
    })
    expect(found).toMatchObject({ intended: 2, acknowledged: 1, verified: 0, lost: 0, complete: false })
    expect(problems).toEqual([
      'reconciliation ended early: the target did not answer: fetch failed: connect ECONNREFUSED',
    ])
  })

  it('gets over a target that comes back', async () => {
    const target = booked(new FakeTarget(), 1)
    target.isReachable = false
    const clock = new VirtualClock(60_000, () => {
      target.isReachable = true
    })
    expect(await run(target, [row(1, {})], { clock })).toMatchObject({ verified: 1, complete: true })
  })

  it('stops at its limit and when it is interrupted', async () => {
    const target = new FakeTarget().slot('s1', 'free')
    const late = await run(target, [row(1, { atMs: 100_000 })], { limitMs: 2000, consistencyWithinMs: 60_000 })
    expect(late).toMatchObject({ intended: 1, verified: 0, lost: 0, complete: false })
    expect(await run(target, [row(1, {})], { signal: AbortSignal.abort() })).toMatchObject({
      intended: 1,
      complete: false,
    })
  })

  it('counts exactly and keeps twenty examples, of every kind some', async () => {
    const target = new FakeTarget()
    const rows = Array.from({ length: 90 }, (_, index) => row(index, {}))
    for (const { row: index } of rows) if (index < 5) target.slot(`s${index}`, 'busy')
    const found = await run(target, rows)
    expect(found).toMatchObject({ half: 5, lost: 85 })
    expect(found.examples).toHaveLength(20)
    expect(found.examples.filter(({ kind }) => kind === 'half')).toHaveLength(5)
  })

  it('accounts for each write of a complete reconciliation once', async () => {
    const write = fc.record({
      kind: fc.constantFrom('hold', 'book'),
      state: fc.constantFrom('acknowledged', 'refused', 'unknown'),
      slot: fc.constantFrom('s1', 's2'),
    }) as fc.Arbitrary<Partial<FinalWrite>>
    const rows = fc.array(fc.array(write, { minLength: 1, maxLength: 4 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('free', 'busy', 'busy-tentative'), async (writes, status) => {
        const target = booked(new FakeTarget(), 1).slot('s2', status as 'free')
        const found = await run(
          target,
          writes.map((of, index) => row(index, ...of)),
        )
        const { acknowledged, refused, unknown } = found
        expect(found.intended).toBe(writes.flat().length)
        expect(acknowledged + refused + unknown.landed + unknown.absent).toBe(found.intended)
        expect(found.verified).toBe(found.intended)
      }),
    )
  })

  it('works through a real FHIR client over HTTP', async () => {
    const target = booked(new FakeTarget(), 1).slot('s2', 'busy')
    const server = createServer(async (request, response) => {
      const entry = []
      for await (const resource of target.search((request.url ?? '').slice('/fhir/'.length))) entry.push({ resource })
      response.setHeader('content-type', 'application/fhir+json')
      response.end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`
    const client = new FhirClient({ baseUrl, authorize: async () => ({}), timeoutMs: 5000 })
    const found = await run(target, [row(1, {}), row(2, {})], { clients: { recup: client } })
    server.close()
    expect(found).toMatchObject({ ...none, half: 1, verified: 2, complete: true })
  })
})
