import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, type RequestListener, request } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** An HTTP server for the time of a test, and the requests that it got. */
export const httpServer = async (listener: RequestListener) => {
  const requests: IncomingMessage[] = []
  const sockets = new Set<Socket>()
  const server = createServer((incoming, response) => {
    requests.push(incoming)
    sockets.add(incoming.socket)
    listener(incoming, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, requests, sockets }
}

export interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Got {
  readonly status: number
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
  /** What went wrong with the body. */
  readonly error?: string
}

/** A client of one kept connection, as a virtual user of k6 is one. */
export const httpClient = (port: number) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const sockets = new Set<Socket>()
  onTestFinished(() => agent.destroy())
  const ask = async ({ method = 'GET', path = '/', headers = {}, body }: Asked = {}): Promise<Got> => {
    const sent = request({ port, host: '127.0.0.1', agent, method, path, headers })
    sent.on('socket', (socket) => sockets.add(socket))
    sent.end(body)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const chunks: Buffer[] = []
    const failed = await (async () => {
      for await (const chunk of response) chunks.push(chunk)
    })().then(
      () => undefined,
      (error) => error.code ?? error.message,
    )
    const got = { status: response.statusCode ?? 0, rawHeaders: response.rawHeaders, body: Buffer.concat(chunks) }
    return failed === undefined ? got : { ...got, error: failed }
  }
  return { ask, sockets }
}

/** Answers with a body of its own for each path, its length said. */
export const known: RequestListener = async (incoming, response) => {
  const sent = await buffer(incoming)
  const body = Buffer.from(`${incoming.method} ${incoming.url} ${sent.toString('latin1')} ${'x'.repeat(1000)}`)
  response.sendDate = false
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length })
  response.end(body)
}
