import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { StreamFault, StreamKind } from '../../../chaos/proxy/faults/stream-effect.ts'
import { proxyHere } from './proxy-here.ts'
import { echoServer, RawClient } from './raw-peers.ts'

const component = 'clients→recup'

/** Each as strong as needed to block a connection for longer than a test lasts. */
const blocking: { readonly [K in StreamKind]: StreamFault & { readonly kind: K } } = {
  latency: { kind: 'latency', component, delayMs: 600_000, jitterMs: 1000 },
  partition: { kind: 'partition', component },
  reset: { kind: 'reset', component },
  bandwidth: { kind: 'bandwidth', component, bytesPerSecond: 50 },
  slicing: { kind: 'slicing', component, sliceBytes: 3, delayMs: 60_000 },
  'stall-and-reset': { kind: 'stall-and-reset', component, stallMs: 600_000 },
}
const all = Object.values(blocking)
const holding = all.filter(({ kind }) => kind !== 'reset')

const started = async (seed?: number) => {
  const upstream = await echoServer()
  const proxy = await proxyHere(seed)
  const port = await proxy.links.open({ name: component, upstream })
  const inject = (fault: StreamFault, id = 'f1') => proxy.links.inject({ id, links: [component], fault })
  return { ...proxy, upstream, port, inject }
}

describe.each(holding)('a connection under $kind', (fault) => {
  it('loses no byte and keeps their order, though it was blocked until the restoration', async () => {
    const { links, port, inject } = await started()
    const open = new RawClient(port)
    await open.echoed('before')
    inject(fault)
    const late = new RawClient(port)
    const payloads = [randomBytes(300_000), randomBytes(100_000)] as const
    open.socket.write(payloads[0])
    late.socket.end(payloads[1])
    await once(late.socket, 'finish')
    expect(links.counts()[component]?.bytesToClient).toBeLessThan(10_000)
    links.restore('f1')
    expect(await open.has(300_006)).toEqual(Buffer.concat([Buffer.from('before'), payloads[0]]))
    expect(await late.ended).toBe('end')
    expect(late.got).toEqual(payloads[1])
    await open.echoed('after')
  })

  it('can be restored twice, and hit anew', async () => {
    const { links, port, inject } = await started()
    const client = new RawClient(port)
    await client.echoed('a')
    inject(fault)
    links.restore('f1')
    links.restore('f1')
    await client.echoed('b')
    inject(fault)
    client.socket.write('c')
    links.restore('f1')
    expect((await client.has(3)).toString()).toBe('abc')
  })

  it('goes on when it is hit a second time by the same fault', async () => {
    const { links, port, inject } = await started()
    const client = new RawClient(port)
    inject(fault, 'f1')
    inject(fault, 'f2')
    client.socket.write(Buffer.alloc(100_000, 7))
    links.restore('f1')
    links.restore('f2')
    expect((await client.has(100_000)).equals(Buffer.alloc(100_000, 7))).toBe(true)
  })
})

describe.each(all)('$kind', (fault) => {
  it('hits the connections that are open and those that come, and logs each', async () => {
    const { links, port, inject, effects } = await started()
    const open = new RawClient(port)
    await open.echoed('a')
    inject(fault)
    new RawClient(port)
    await expect.poll(() => links.counts()[component]?.opened, { interval: 2 }).toBe(2)
    expect(links.counts()[component]?.hits).toEqual({ f1: 2 })
    const lines = await effects()
    expect(lines.map(({ id, link, kind, key }) => [id, link, kind, key])).toEqual([
      ['f1', component, fault.kind, 0],
      ['f1', component, fault.kind, 1],
    ])
  })

  it('leaves connections after the restoration alone', async () => {
    const { links, port, inject } = await started()
    inject(fault)
    links.restore('f1')
    await new RawClient(port).echoed('a')
    expect(links.counts()[component]?.hits).toEqual({})
  })
})

describe.each(all.filter(({ kind }) => kind !== 'partition'))('a share of $kind', (fault) => {
  const hitsOf = async (seed: number) => {
    const { links, port, inject, effects } = await started(seed)
    inject({ ...fault, shareRatio: 0.4 } as StreamFault)
    for (let opened = 1; opened <= 30; opened++) {
      new RawClient(port)
      await expect.poll(() => links.counts()[component]?.opened, { interval: 2 }).toBe(opened)
    }
    return await effects()
  }

  it('hits the same connections with the same seed, and others with another', async () => {
    const first = await hitsOf(5)
    expect(first.length).toBeGreaterThan(3)
    expect(first.length).toBeLessThan(25)
    expect(await hitsOf(5)).toEqual(first)
    expect((await hitsOf(6)).map(({ key }) => key)).not.toEqual(first.map(({ key }) => key))
  })
})

describe('a reset', () => {
  it('reaches both sides of open connections, and each that comes', async () => {
    const { upstream, port, inject } = await started()
    const open = new RawClient(port)
    await open.echoed('a')
    const [behind] = upstream.sockets
    const resetBehind = new Promise((resolve) => behind?.once('error', (error) => resolve(Object(error).code)))
    inject(blocking.reset)
    expect(await open.ended).toBe('ECONNRESET')
    expect(await resetBehind).toBe('ECONNRESET')
    expect(await new RawClient(port).ended).toBe('ECONNRESET')
    expect(upstream.sockets).toHaveLength(1)
  })

  it('comes after the stall', async () => {
    const { port, inject } = await started()
    const open = new RawClient(port)
    await open.echoed('a')
    inject({ kind: 'stall-and-reset', component, stallMs: 5 })
    open.socket.write('b')
    expect(await open.ended).toBe('ECONNRESET')
    expect(open.got.toString()).toBe('a')
  })
})
