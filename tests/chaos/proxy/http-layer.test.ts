import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { httpClient, httpServer, known } from './http-peers.ts'
import { proxyHere } from './proxy-here.ts'
import { RawClient, rawServer } from './raw-peers.ts'

const component = 'clients→recup'
const fault = { kind: 'http-error', component, route: { pathPattern: '^/hit' }, status: 500 } as const

const started = async (upstream: { host: string; port: number }) => {
  const { links } = await proxyHere()
  const port = await links.open({ name: component, upstream })
  const inject = () => links.inject({ id: 'f1', links: [component], fault })
  const open = () => links.counts()[component]?.open
  return { links, port, inject, open, ...httpClient(port) }
}

describe('a request that is looked at and not hit', () => {
  it('and its answer have the headers, in order, that they have without a proxy', async () => {
    const upstream = await httpServer(async (incoming, response) => {
      response.sendDate = false
      const headers = [
        ['ETag', 'W/"1"'],
        ['Set-Cookie', 'a'],
        ['Set-Cookie', 'b'],
      ]
      response.writeHead(201, 'Made', [...headers.flat(), 'Content-Length', '4'])
      response.end(`${(await buffer(incoming)).length}`.padStart(4))
    })
    const headers = { Accept: 'application/fhir+json', 'X-Twice': 'one', Prefer: 'return=minimal' }
    const asked = { method: 'POST', path: '/a?b=c', headers, body: Buffer.alloc(5000, 'é') }
    const bare = await httpClient(upstream.port).ask(asked)
    const { inject, ask } = await started(upstream)
    inject()
    expect(await ask(asked)).toEqual(bare)
    const [first, second] = upstream.requests.map(({ rawHeaders }) =>
      rawHeaders.filter((header) => !header.startsWith('127.0.0.1:')),
    )
    expect(second).toEqual(first)
  })

  it('passes large bodies both ways, chunked or not', async () => {
    const upstream = await httpServer((incoming, response) => incoming.pipe(response))
    const { inject, ask, port } = await started(upstream)
    const body = randomBytes(3_000_000)
    inject()
    expect((await ask({ method: 'PUT', body })).body.equals(body)).toBe(true)
    const chunked = request({ port, host: '127.0.0.1', method: 'PUT' })
    chunked.write(body.subarray(0, 1_000_000))
    chunked.end(body.subarray(1_000_000))
    const [response] = await once(chunked, 'response')
    expect((await buffer(response)).equals(body)).toBe(true)
  })

  it('passes Expect: 100-continue, and the answer to it', async () => {
    const { inject, port } = await started(await httpServer(known))
    inject()
    const sent = request({ port, host: '127.0.0.1', method: 'POST', headers: { expect: '100-continue' } })
    sent.flushHeaders()
    await once(sent, 'continue')
    sent.end('late')
    const [response] = await once(sent, 'response')
    expect((await buffer(response)).toString()).toMatch(/^POST \/ late/)
  })

  it('honours Connection: close', async () => {
    const { inject, ask, open } = await started(await httpServer(known))
    inject()
    expect((await ask({ headers: { connection: 'close' } })).rawHeaders).toContain('close')
    await expect.poll(open, { interval: 2 }).toBe(0)
  })

  it('has an answer without a body when it is a HEAD, and one that ends with the connection', async () => {
    const { inject, ask } = await started(
      await httpServer((incoming, response) => {
        if (incoming.method === 'HEAD') response.writeHead(200, { 'content-length': 7 }).end()
        else {
          response.removeHeader('transfer-encoding')
          response.writeHead(200, { connection: 'close' }).end('until the end')
        }
      }),
    )
    inject()
    expect(await ask({ method: 'HEAD' })).toMatchObject({ status: 200, body: Buffer.alloc(0) })
    expect((await ask()).body.toString()).toBe('until the end')
  })
})

describe('a connection of the HTTP layer', () => {
  it('stays when the fault is gone, and is hit by faults of connections', async () => {
    const { inject, ask, links, sockets } = await started(await httpServer(known))
    inject()
    await ask({ path: '/hit' })
    links.restore('f1')
    links.inject({ id: 'f2', links: [component], fault: { kind: 'partition', component } })
    const held = ask({ path: '/hit' })
    await expect.poll(() => links.counts()[component]?.bytesToUpstream, { interval: 2 }).toBeGreaterThan(100)
    links.restore('f2')
    expect((await held).status).toBe(200)
    expect(sockets.size).toBe(1)
  })

  it('ends when the system ends it, between two requests or in an answer', async () => {
    const { inject, port } = await started(
      await rawServer((socket) =>
        socket.on('data', (chunk) => {
          const isCut = chunk.includes('/cut')
          socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${isCut ? 9 : 2}\r\n\r\nok`)
          if (isCut || chunk.includes('/last')) socket.end()
        }),
      ),
    )
    inject()
    for (const path of ['/last', '/cut']) {
      const client = new RawClient(port)
      client.socket.write(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`)
      expect(await client.ended).toBe('end')
      expect(client.got.toString()).toMatch(/\r\n\r\nok$/)
    }
  })

  it('passes on a reset by the system', async () => {
    const { inject, ask } = await started(
      await rawServer((socket) => socket.on('data', () => socket.resetAndDestroy())),
    )
    inject()
    expect(await ask().catch(({ code, syscall }) => [code, syscall])).toEqual(['ECONNRESET', 'read'])
  })

  it('outlives what is no HTTP, and clients that leave in mid-body', async () => {
    const upstream = await httpServer((_, response) => {
      response.writeHead(200, { 'content-length': 1e9 })
      response.write(Buffer.alloc(100_000))
    })
    const { inject, port, open, links } = await started(upstream)
    inject()
    const broken = new RawClient(port)
    broken.socket.write('GET / HTTP/1.1\r\nno header\r\n\r\n')
    expect(await broken.ended).toBe('end')
    expect(broken.got.toString()).toMatch(/^HTTP\/1.1 400/)
    broken.socket.destroy()
    for (const leave of ['destroy', 'resetAndDestroy'] as const) {
      const client = new RawClient(port)
      client.socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
      await client.has(1000)
      client.socket[leave]()
    }
    const upload = new RawClient(port)
    upload.socket.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf')
    await expect.poll(() => links.counts()[component]?.requests, { interval: 2 }).toBe(3)
    upload.socket.resetAndDestroy()
    await expect.poll(open, { interval: 2 }).toBe(0)
  })
})
