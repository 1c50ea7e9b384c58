import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** A request on its way to a system, and what came back. */
export interface Passed {
  readonly method: string
  readonly url: string
  /** Who sent it: `collaudo` for k6. */
  readonly agent: string
  readonly body: string
  readonly status: number
  readonly answer: Buffer
}

/** Looks at what passes; what it returns is answered in place of what came. */
export type Meddle = (passed: Passed) => Partial<Pick<Passed, 'status' | 'answer'>> | undefined

/** What goes on in place of a body that was sent. */
export type Alter = (request: {
  readonly method: string
  readonly url: string
  readonly agent: string
  readonly body: Buffer
}) => Buffer

/** A server in front of a system, for the time of a test; resolves to the base URL to use instead. */
export const proxied = async (baseUrl: string, meddle: Meddle, alter: Alter = ({ body }) => body): Promise<string> => {
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '', headers } = request
    const agent = headers['user-agent'] ?? ''
    const body = alter({ method, url, agent, body: await buffer(request) })
    const came = await fetch(new URL(url, baseUrl), {
      method,
      headers: endToEnd(headers),
      ...(body.length > 0 && { body: Uint8Array.from(body) }),
    })
    const passed = {
      method,
      url,
      agent,
      body: body.toString('latin1'),
      status: came.status,
      answer: Buffer.from(await came.arrayBuffer()),
    }
    const { status, answer } = { ...passed, ...meddle(passed) }
    response.writeHead(status, { 'content-type': came.headers.get('content-type') ?? 'text/plain' })
    response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(baseUrl).pathname}`
}

const endToEnd = ({
  host: _,
  connection: __,
  'content-length': ___,
  ...headers
}: IncomingHttpHeaders): [string, string][] => Object.entries(headers).map(([name, value]) => [name, String(value)])
