import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { proxyHere } from './proxy-here.ts'
import { echoServer, RawClient, rawServer } from './raw-peers.ts'

const component = 'clients→recup'

const started = async (upstream: { host: string; port: number }) => {
  const { links } = await proxyHere()
  const port = await links.open({ name: component, upstream })
  return { links, port, counts: () => links.counts()[component] }
}

describe('a connection without a fault', () => {
  it('passes large bytes both ways and counts them', async () => {
    const { port, counts } = await started(await echoServer())
    const client = new RawClient(port)
    const sent = randomBytes(20_000_000)
    client.socket.end(sent)
    expect(await client.ended).toBe('end')
    expect(client.got.equals(sent)).toBe(true)
    await expect.poll(() => counts()?.open, { interval: 2 }).toBe(0)
    expect(counts()).toMatchObject({ opened: 1, bytesToUpstream: sent.length, bytesToClient: sent.length })
  })

  it.each(['client', 'system'])('keeps small pieces apart that a slow %s has not taken yet', async (slow) => {
    const upstream = await rawServer((socket) => socket.pause())
    const { port, counts } = await started(upstream)
    const { socket: client } = new RawClient(port)
    client.pause()
    await expect.poll(() => upstream.sockets.length, { interval: 2 }).toBe(1)
    const [system = client] = upstream.sockets
    const [from, to] = slow === 'client' ? [system, client] : [client, system]
    const sent = randomBytes(14_000_000)
    for (let at = 0; at < sent.length; at += 7000) {
      from.write(sent.subarray(at, at + 7000))
      await new Promise((resolve) => setImmediate(resolve))
    }
    from.end()
    expect((await buffer(to)).equals(sent)).toBe(true)
    expect((counts()?.bytesToClient ?? 0) + (counts()?.bytesToUpstream ?? 0)).toBe(sent.length)
  })

  it('can be ended by one side alone', async () => {
    const upstream = await rawServer((socket) => {
      let bytes = 0
      socket.on('data', (chunk) => {
        bytes += chunk.length
      })
      socket.on('end', () => socket.end(`got ${bytes}`))
    })
    const { port } = await started(upstream)
    const client = new RawClient(port)
    client.socket.end('12345')
    expect(await client.ended).toBe('end')
    expect(client.got.toString()).toBe('got 5')
  })

  it('passes a RST on, from either side', async () => {
    const upstream = await echoServer()
    const { port, counts } = await started(upstream)
    const left = new RawClient(port)
    await left.echoed('a')
    const error = new Promise((resolve) => upstream.sockets[0]?.once('error', (reason) => resolve(Object(reason).code)))
    left.socket.resetAndDestroy()
    expect(await error).toBe('ECONNRESET')
    const right = new RawClient(port)
    await right.echoed('b')
    upstream.sockets[1]?.resetAndDestroy()
    expect(await right.ended).toBe('ECONNRESET')
    await expect.poll(() => counts()?.open, { interval: 2 }).toBe(0)
  })

  it('is reset when nobody listens upstream', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const upstream = { host: '127.0.0.1', port: Object(server.address()).port }
    await new Promise((resolve) => server.close(resolve))
    const { port } = await started(upstream)
    expect(await new RawClient(port).ended).toBe('ECONNRESET')
  })

  it('reads no more than the other side takes', async () => {
    const upstream = await rawServer((socket) => socket.pause())
    const { port, counts } = await started(upstream)
    const client = new RawClient(port)
    client.socket.write(Buffer.alloc(60_000_000))
    await expect
      .poll(
        settled(() => counts()?.bytesToUpstream),
        { interval: 20 },
      )
      .toBe(true)
    expect(counts()?.bytesToUpstream).toBeLessThan(40_000_000)
  })
})

describe('a connection under a partition', () => {
  it('holds no more than its limit', async () => {
    const { links, port, counts } = await started(await echoServer())
    const client = new RawClient(port)
    await client.echoed('a')
    links.inject({ id: 'f1', links: [component], fault: { kind: 'partition', component } })
    client.socket.write(Buffer.alloc(60_000_000))
    await expect
      .poll(
        settled(() => counts()?.bytesToUpstream),
        { interval: 20 },
      )
      .toBe(true)
    expect(counts()?.bytesToUpstream).toBeLessThan(17_000_000)
    links.restore('f1')
    expect(await client.has(60_000_001)).toHaveLength(60_000_001)
  })

  it('that its client has left tells the other side after the restoration', async () => {
    const upstream = await echoServer()
    const { links, port, counts } = await started(upstream)
    const client = new RawClient(port)
    await client.echoed('a')
    links.inject({ id: 'f1', links: [component], fault: { kind: 'partition', component } })
    client.socket.resetAndDestroy()
    new RawClient(port).socket.end('never answered')
    await expect.poll(() => counts()?.opened, { interval: 2 }).toBe(2)
    expect([upstream.sockets.length, upstream.sockets[0]?.destroyed, counts()?.open]).toEqual([1, false, 2])
    links.restore('f1')
    await expect.poll(() => counts()?.open, { interval: 2 }).toBe(0)
    expect(upstream.sockets.length).toBe(2)
  })
})

/** Asked again and again: whether the figure has moved and then stayed for as long as several questions take. */
const settled = (figure: () => number | undefined): (() => boolean) => {
  let last = 0
  let times = 0
  return () => {
    const now = figure() ?? 0
    times = now > 1 && now === last ? times + 1 : 0
    last = now
    return times >= 5
  }
}
