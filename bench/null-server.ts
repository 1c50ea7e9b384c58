import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A server that answers what the journeys ask and keeps nothing: what is left is the cost of the load generator.
 */
export interface NullServer {
  readonly baseUrl: string
  readonly requests: () => number
  /** After so many requests it holds every answer for so long, once. */
  stallAfter(stall: { requests: number; durationMs: number }): void
  close(): Promise<void>
}

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
    request.resume()
    const leftMs = stalledUntilMs - performance.now()
    if (leftMs > 0) setTimeout(answer, leftMs)
    else answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
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
