import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Answer {
  readonly status?: number
  /** JSON unless it is text. */
  readonly body: unknown
}

/** A server on a free port of this machine that answers what the test says; `undefined` is never answered. Ends with the test. */
export const answeringServer = async (answer: (request: IncomingMessage) => Answer | undefined): Promise<string> => {
  const server = createServer((request, response) => {
    const given = answer(request)
    if (!given) return
    response.writeHead(given.status ?? 200, { 'content-type': 'application/fhir+json' })
    response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An address where nothing listens any more. */
export const closedAddress = async (): Promise<string> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
