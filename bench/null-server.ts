import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * A server that answers what the journeys ask and keeps nothing: what is left is the cost of the load generator.
 */
export interface NullServer {
  readonly baseUrl: string
  readonly origin: string
  readonly requests: () => number
  /** The first requests it got, in the order of their arrival. */
  readonly received: readonly ReceivedRequest[]
  /** After so many requests it holds every answer for so long, once. */
  stallAfter(stall: { requests: number; durationMs: number }): void
  close(): Promise<void>
}

/** A request as it came; enough to send it again. */
export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** W3C trace id: that of the row. */
  readonly trace: string
}

/** So many requests are kept, the others only counted. */
const kept = 500
/** Headers that are the journey's, and not the connection's or the trace's. */
const ownHeaders = ['accept', 'cache-control', 'content-type', 'prefer', 'connection'] as const

const receivedOf = ({ method = '', url = '', headers }: IncomingMessage, body: string): ReceivedRequest => ({
  method,
  path: url,
  body,
  headers: Object.fromEntries(ownHeaders.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : []))),
  trace: String(headers['traceparent']).split('-')[1] ?? '',
})

const slots = Array.from({ length: 20 }, (_, index) => ({
  fullUrl: `http://127.0.0.1/fhir/Slot/null-s${index}`,
  resource: {
    resourceType: 'Slot',
    id: `null-s${index}`,
    status: 'free',
    start: '2026-01-01T08:00:00Z',
    end: '2026-01-01T08:20:00Z',
  },
}))
const bundle = (type: string, entry: readonly unknown[]) => JSON.stringify({ resourceType: 'Bundle', type, entry })
const slotPage = bundle('searchset', slots)
const onePatient = bundle('searchset', [{ resource: { resourceType: 'Patient', id: 'p' } }])
const oneAppointment = bundle('searchset', [{ resource: { resourceType: 'Appointment', id: 'a', status: 'booked' } }])
const transaction = bundle('transaction-response', [
  { response: { status: '200' } },
  { response: { status: '201', location: 'Appointment/a/_history/1' } },
])

/** What a test puts in the place of an answer; undefined leaves it as it is. */
export type Interference = (
  method: string,
  url: string,
) => { status: number; body: string; type: string } | 'reset' | 'hang' | undefined

const answerTo = (method: string, url: string): string => {
  if (method === 'POST') return transaction
  if (method === 'PATCH') return '{}'
  if (url.includes('/Slot?')) return slotPage
  return url.includes('/Appointment?') ? oneAppointment : onePatient
}

export const startNullServer = async (interfere: Interference = () => undefined): Promise<NullServer> => {
  let requests = 0
  const received: ReceivedRequest[] = []
  let stall = { requests: Number.POSITIVE_INFINITY, durationMs: 0 }
  let stalledUntilMs = 0
  const server = createServer((request, response) => {
    requests++
    if (requests === stall.requests) stalledUntilMs = performance.now() + stall.durationMs
    const answer = () => {
      const { method = '', url = '' } = request
      const interference = interfere(method, url)
      if (interference === 'hang') return
      if (interference === 'reset') {
        request.socket.destroy()
        return
      }
      const { status, body, type } = interference ?? {
        status: 200,
        body: answerTo(method, url),
        type: 'application/fhir+json',
      }
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    }
    if (requests <= kept) void text(request).then((body) => received.push(receivedOf(request, body)))
    else request.resume()
    const leftMs = stalledUntilMs - performance.now()
    if (leftMs > 0) setTimeout(answer, leftMs)
    else answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    baseUrl: `${origin}/fhir`,
    origin,
    received,
    requests: () => requests,
    stallAfter: (wanted) => {
      stall = wanted
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
