import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A server that answers what the journeys ask and keeps nothing: what is left is the cost of the load generator.
 * `stallMs` makes it hold every answer from now on for that long, once.
 */
export interface NullServer {
  readonly baseUrl: string
  readonly requests: () => number
  stall(durationMs: number): void
  close(): Promise<void>
}

const slots = Array.from({ length: 20 }, (_, index) => ({
  fullUrl: `http://127.0.0.1/fhir/Slot/null-s${index}`,
  resource: { resourceType: 'Slot', id: `null-s${index}`, status: 'free', start: '2026-01-01T08:00:00Z', end: '2026-01-01T08:20:00Z' },
}))
const bundle = (type: string, entry: readonly unknown[]) => JSON.stringify({ resourceType: 'Bundle', type, entry })
const slotPage = bundle('searchset', slots)
const onePatient = bundle('searchset', [{ resource: { resourceType: 'Patient', id: 'p' } }])
const oneAppointment = bundle('searchset', [{ resource: { resourceType: 'Appointment', id: 'a', status: 'booked' } }])
const transaction = bundle('transaction-response', [
  { response: { status: '200' } },
  { response: { status: '201', location: 'Appointment/a/_history/1' } },
])

const answerTo = (method: string, url: string): string => {
  if (method === 'POST') return transaction
  if (method === 'PATCH') return '{}'
  if (url.includes('/Slot?')) return slotPage
  return url.includes('/Appointment?') ? oneAppointment : onePatient
}

export const startNullServer = async (): Promise<NullServer> => {
  let requests = 0
  let stalledUntilMs = 0
  const server = createServer((request, response) => {
    requests++
    const answer = () => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' })
      response.end(answerTo(request.method ?? '', request.url ?? ''))
    }
    request.resume()
    const leftMs = stalledUntilMs - Date.now()
    if (leftMs > 0) setTimeout(answer, leftMs)
    else answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    requests: () => requests,
    stall: (durationMs) => {
      stalledUntilMs = Date.now() + durationMs
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
