import { createServer as createPlainServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import { afterEach, describe, expect, it } from 'vitest'
import { makeCertificates } from '../../../chaos/proxy/certificates.ts'
import { KubeConnection } from '../../../chaos-mesh/api/kube-connection.ts'
import { systemClock } from '../../../chaos-mesh/clock.ts'
import { kubeConfigFor } from '../fake-api/cluster.ts'
import { IdleClock } from '../fake-api/idle-clock.ts'

const certificates = makeCertificates(Date.now())
const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens has an address of this form.
  return (server.address() as AddressInfo).port
}

const plain = async (answer: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createPlainServer(answer))}`

const connectionTo = (config: KubeConfig): KubeConnection => {
  const connection = new KubeConnection(config, systemClock)
  closing.push(() => connection.close())
  return connection
}

const get = { method: 'GET', path: '/api' } as const

describe('a server with TLS', () => {
  const secure = async (cert: string, ca: string | undefined) => {
    const seen: string[] = []
    const server = createServer({ key: certificates.key, cert }, (request, response) => {
      seen.push(request.headers.authorization ?? '')
      response.end('{}')
    })
    const cluster = {
      name: 'tls',
      server: `https://127.0.0.1:${await listen(server)}`,
      skipTLSVerify: false,
      ...(ca !== undefined && { caData: Buffer.from(ca).toString('base64') }),
    }
    const config = new KubeConfig()
    config.loadFromClusterAndUser(cluster, { name: 'me', token: 'secret' })
    return { connection: connectionTo(config), seen, server }
  }

  it('is trusted by the authority of the kubeconfig, and given its token, over one connection', async () => {
    const { connection, seen, server } = await secure(certificates.cert, certificates.ca)
    let connections = 0
    server.on('secureConnection', () => connections++)
    for (let call = 0; call < 20; call++) await connection.send(get)
    expect(seen).toEqual(Array.from({ length: 20 }, () => 'Bearer secret'))
    expect(connections).toBe(1)
  })

  it.each([
    { what: 'an expired certificate', cert: certificates.expiredCert, ca: certificates.ca },
    { what: 'a certificate of somebody else', cert: certificates.cert, ca: undefined },
  ])('is refused with $what', async ({ cert, ca }) => {
    const { connection } = await secure(cert, ca)
    await expect(connection.send(get)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('certificate'),
    })
  })
})

describe('a request', () => {
  it('goes below the path of the cluster’s address', async () => {
    const paths: (string | undefined)[] = []
    const origin = await plain((request, response) => {
      paths.push(request.url)
      response.end('{}')
    })
    await connectionTo(kubeConfigFor(`${origin}/k8s/clusters/one/`)).send({ ...get, query: { a: 'b c' } })
    expect(paths).toEqual(['/k8s/clusters/one/api?a=b+c'])
  })

  it('is sent once more when an idle connection turns out to be closed', async () => {
    let requests = 0
    const origin = await plain((request, response) => {
      requests++
      if (requests === 2) request.socket.destroy()
      else response.end('{}')
    })
    const connection = connectionTo(kubeConfigFor(origin))
    await connection.send(get)
    await expect(connection.send(get)).resolves.toMatchObject({ status: 200 })
    expect(requests).toBe(3)
  })

  it('that makes something is never sent twice', async () => {
    let requests = 0
    const origin = await plain((request, response) => {
      requests++
      if (requests === 2) request.socket.destroy()
      else response.end('{}')
    })
    const connection = connectionTo(kubeConfigFor(origin))
    await connection.send(get)
    await expect(connection.send({ method: 'POST', path: '/api', body: {} })).rejects.toMatchObject({
      kind: 'unreachable',
    })
    expect(requests).toBe(2)
  })

  it('ends with its signal, before and after it was sent', async () => {
    const origin = await plain(() => {})
    const connection = connectionTo(kubeConfigFor(origin))
    const end = new AbortController()
    const sent = connection.send({ ...get, signal: end.signal })
    end.abort()
    await expect(sent).rejects.toMatchObject({ kind: 'unreachable' })
    await expect(connection.send({ ...get, signal: end.signal })).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it.each([
    { what: 'does not answer', answer: () => {}, said: /got none within 15000 ms/ },
    {
      what: 'does not end its answer',
      answer: (_: unknown, response: ServerResponse) => response.writeHead(200).flushHeaders(),
      said: /got no end within 15000 ms/,
    },
  ])('is given up when the server $what', async ({ answer, said }) => {
    const clock = new IdleClock(0)
    const connection = new KubeConnection(kubeConfigFor(await plain(answer)), clock)
    closing.push(() => connection.close())
    await expect(clock.during(connection.send(get))).rejects.toThrow(said)
    expect(clock.nowUnixMs()).toBe(15_000)
  })

  it('is not answered by half an answer', async () => {
    const origin = await plain((_, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{')
      setImmediate(() => response.destroy())
    })
    await expect(connectionTo(kubeConfigFor(origin)).send(get)).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('is answered by text where there is no JSON', async () => {
    const origin = await plain((_, response) => {
      response.writeHead(404).end('404 page not found')
    })
    await expect(connectionTo(kubeConfigFor(origin)).send(get)).resolves.toEqual({
      status: 404,
      body: '404 page not found',
    })
  })
})

describe('a stream', () => {
  it('gives whole lines, however they arrive, and ends when it breaks off', async () => {
    const origin = await plain((_, response) => {
      response.write('{"a"')
      setImmediate(() => {
        response.write(':1}\n{"b":"è')
        setImmediate(() => response.destroy())
      })
    })
    const stream = await connectionTo(kubeConfigFor(origin)).stream(get)
    if ('status' in stream) throw new Error(`expected a stream, got ${stream.status}`)
    expect([await stream.next(), await stream.next(), await stream.next()]).toEqual(['{"a":1}', undefined, undefined])
  })

  it('may be closed before it is read, and while it is', async () => {
    const origin = await plain((_, response) => response.write('{}\n'))
    const connection = connectionTo(kubeConfigFor(origin))
    const unread = await connection.stream(get)
    if ('next' in unread) unread.close()
    const stream = await connection.stream(get)
    if ('status' in stream) throw new Error(`expected a stream, got ${stream.status}`)
    await stream.next()
    const waiting = stream.next()
    stream.close()
    await expect(waiting).resolves.toBeUndefined()
  })
})
