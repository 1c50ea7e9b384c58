import { describe, expect, it } from 'vitest'
import type { RequestFault, RequestKind } from '../../../chaos/proxy/faults/request-effect.ts'
import { type Got, httpClient, httpServer, known } from './http-peers.ts'
import { proxyHere } from './proxy-here.ts'

const component = 'clients→recup'
const route = { method: 'GET', pathPattern: '^/hit' }

const faults: { readonly [K in RequestKind]: RequestFault & { readonly kind: K } } = {
  latency: { kind: 'latency', component, route, delayMs: 600_000 },
  reset: { kind: 'reset', component, route },
  'http-error': { kind: 'http-error', component, route, status: 503 },
  'slow-body': { kind: 'slow-body', component, route, bytesPerSecond: 100 },
  'truncated-body': { kind: 'truncated-body', component, route },
  'altered-body': { kind: 'altered-body', component, route },
}
const all = Object.values(faults)
const blocking = all.filter(({ kind }) => kind === 'latency' || kind === 'slow-body')
const quick = all.filter((fault) => !blocking.includes(fault))

const started = async (seed?: number) => {
  const upstream = await httpServer(known)
  const proxy = await proxyHere(seed)
  const port = await proxy.links.open({ name: component, upstream })
  const inject = (fault: RequestFault, id = 'f1') => proxy.links.inject({ id, links: [component], fault })
  return { ...proxy, upstream, inject, port, ...httpClient(port) }
}

const traceparent = (number: number) => `00-${String(number).padStart(32, '0')}-0000000000000001-01`
const failure = (error: NodeJS.ErrnoException) => error.code

describe.each(all)('$kind', (fault) => {
  it('leaves requests outside its route alone, on the connection that was there before it', async () => {
    const { inject, ask, sockets, upstream, links } = await started()
    const before = await ask({ path: '/other' })
    inject(fault)
    expect(await ask({ path: '/other' })).toEqual(before)
    expect((await ask({ method: 'POST', path: '/hit', body: 'sent' })).body.toString()).toMatch(/^POST \/hit sent/)
    links.restore('f1')
    expect(await ask({ path: '/other' })).toEqual(before)
    expect([sockets.size, upstream.sockets.size]).toEqual([1, 1])
    expect(links.counts()[component]).toMatchObject({ opened: 1, requests: 3, hits: {} })
  })

  it('leaves requests after the restoration alone', async () => {
    const { inject, ask, links } = await started()
    inject(fault)
    links.restore('f1')
    expect((await ask({ path: '/hit' })).status).toBe(200)
    expect(links.counts()[component]?.hits).toEqual({})
  })
})

describe.each(blocking)('$kind', (fault) => {
  it('lets a request that it holds go on at the restoration', async () => {
    const { inject, ask, links, effects } = await started()
    const before = await ask({ path: '/hit' })
    inject(fault)
    const held = ask({ path: '/hit', headers: { traceparent: traceparent(1) } })
    await expect.poll(() => links.counts()[component]?.hits, { interval: 2 }).toEqual({ f1: 1 })
    links.restore('f1')
    expect(await held).toEqual(before)
    expect(await effects()).toMatchObject([{ id: 'f1', link: component, kind: fault.kind, key: traceparent(1) }])
  })
})

describe.each(quick)('a share of $kind', (fault) => {
  const run = async (seed: number, order: readonly number[]) => {
    const { inject, ask, effects } = await started(seed)
    inject({ ...fault, shareRatio: 0.4 })
    for (const number of order) {
      await ask({ path: '/hit', headers: { traceparent: traceparent(number) } }).catch(failure)
    }
    return await effects()
  }

  it('hits the same requests with the same seed, in whatever order they come', async () => {
    const order = Array.from({ length: 40 }, (_, index) => index)
    const first = await run(5, order)
    expect(first.length).toBeGreaterThan(5)
    expect(first.length).toBeLessThan(30)
    expect(await run(5, order.toReversed())).toEqual(first)
    expect(await run(6, order)).not.toEqual(first)
  })
})

describe('what a client gets', () => {
  const got = async (fault: RequestFault): Promise<{ before: Got; hit: Got; asked: number }> => {
    const { inject, ask, upstream } = await started()
    const before = await ask({ path: '/hit' })
    inject(fault)
    const hit = await ask({ path: '/hit' })
    return { before, hit, asked: upstream.requests.length }
  }

  it('is the status and an OperationOutcome under http-error, and nobody upstream is asked', async () => {
    const { hit, asked } = await got(faults['http-error'])
    expect([hit.status, JSON.parse(hit.body.toString()).resourceType, asked]).toEqual([503, 'OperationOutcome', 1])
  })

  it('is a RST under reset, and nobody upstream is asked', async () => {
    const { inject, ask, upstream } = await started()
    await ask({ path: '/other' })
    inject(faults.reset)
    expect(await ask({ path: '/hit' }).catch(failure)).toBe('ECONNRESET')
    expect(upstream.requests).toHaveLength(1)
    expect((await ask({ path: '/other' })).status).toBe(200)
  })

  it('is the first half of the body under truncated-body', async () => {
    const { before, hit } = await got(faults['truncated-body'])
    expect(hit.error).toBe('ECONNRESET')
    expect(hit.rawHeaders).toEqual(before.rawHeaders)
    expect(hit.body).toEqual(before.body.subarray(0, Math.floor(before.body.length / 2)))
  })

  it('has one other bit in its middle under altered-body', async () => {
    const { before, hit } = await got(faults['altered-body'])
    const others = [...hit.body.keys()].filter((index) => hit.body[index] !== before.body[index])
    expect(hit.body).toHaveLength(before.body.length)
    expect(others).toEqual([Math.floor(before.body.length / 2)])
  })

  it('is whole under slow-body, and under two faults at once', async () => {
    const { inject, ask } = await started()
    const before = await ask({ path: '/hit' })
    inject({ ...faults['slow-body'], bytesPerSecond: 100_000 }, 'slow')
    expect(await ask({ path: '/hit' })).toEqual(before)
    inject(faults['altered-body'], 'altered')
    inject({ ...faults.latency, delayMs: 1 }, 'late')
    expect((await ask({ path: '/hit' })).body).toHaveLength(before.body.length)
  })

  it('is hit somewhere when its length is not said', async () => {
    const upstream = await httpServer((_, response) => {
      response.write(Buffer.alloc(100))
      setImmediate(() => response.end(Buffer.alloc(50)))
    })
    const { links } = await proxyHere()
    const { ask } = httpClient(await links.open({ name: component, upstream }))
    const hitBy = async (fault: RequestFault): Promise<Got> => {
      links.inject({ id: 'f1', links: [component], fault })
      const got = await ask({ path: '/hit' })
      links.restore('f1')
      return got
    }
    const cut = await hitBy(faults['truncated-body'])
    expect([cut.body.length < 100, cut.body.length > 0, cut.error]).toEqual([true, true, 'ECONNRESET'])
    const { body } = await hitBy(faults['altered-body'])
    expect([body.length, body.filter((byte) => byte !== 0).length]).toEqual([150, 1])
    expect((await hitBy({ ...faults['slow-body'], bytesPerSecond: 100_000 })).body).toEqual(Buffer.alloc(150))
  })

  it('is an error after a body that was sent and not read, and the connection goes on', async () => {
    const { inject, ask, sockets } = await started()
    inject({ ...faults['http-error'], route: { pathPattern: '^/hit' } })
    for (let times = 0; times < 3; times++) {
      const { status } = await ask({ method: 'POST', path: '/hit', body: Buffer.alloc(500_000) })
      expect(status).toBe(503)
    }
    expect((await ask({ method: 'POST', path: '/other', body: 'b' })).body.toString()).toMatch(/^POST \/other b/)
    expect(sockets.size).toBe(1)
  })
})
