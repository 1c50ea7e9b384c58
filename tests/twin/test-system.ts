import type { Bundle, FhirResource } from 'fhir/r4.js'
import { appointmentResource } from '../../generators/fhir/appointment.ts'
import { systems } from '../../generators/fhir/naming.ts'
import { scheduleResource, slotResource } from '../../generators/fhir/schedule.ts'
import { bookTransaction, holdTransaction } from '../../generators/fhir/transactions.ts'
import type { Defect } from '../../model/defect.ts'
import { AccessTokens } from '../../twin/http/access-tokens.ts'
import { fhirService } from '../../twin/http/fhir-service.ts'
import type { System } from '../../twin/http/system.ts'
import { systemApp } from '../../twin/http/system-app.ts'
import { plainSystem } from '../../twin/systems/plain-system.ts'
import { recup } from '../../twin/systems/recup.ts'
import { httpCall } from '../../twin/upstream/call.ts'

/** An answer as a client sees it. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** Parsed JSON, undefined for an empty body. */
  // biome-ignore lint/suspicious/noExplicitAny: assertions look into it
  readonly body: any
}

export interface Send {
  (method: string, path: string, body?: unknown): Promise<Reply>
  /** The same with these headers, which go before those it sends by itself. */
  with(headers: Readonly<Record<string, string>>): Send
}

export const client = { clientId: 'test', clientSecret: 'test secret' }
/** 2030-01-01T00:00:00Z. */
export const nowMs = Date.UTC(2030, 0, 1)

/** A system on a database in memory, asked without a network. */
export const appOf = (system: System) => {
  const tokens = new AccessTokens([client], () => nowMs)
  const lines: string[] = []
  const sleptMs: number[] = []
  const sleep = async (ms: number) => sleptMs.push(ms)
  const options = { tokens, now: () => nowMs, log: (line: string) => lines.push(line), sleep, versions: {} }
  const app = systemApp(fhirService(system), options)
  const authorization = `Bearer ${tokens.issue(client)?.access_token}`
  const sender = (headers: Readonly<Record<string, string>>): Send => {
    const send = async (method: string, path: string, body?: unknown): Promise<Reply> => {
      const type = method === 'PATCH' ? 'application/json-patch+json' : 'application/fhir+json'
      const response = await app.request(`http://twin.test${path}`, {
        method,
        headers: { host: 'twin.test', authorization, ...(body !== undefined && { 'content-type': type }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return replyOf(response)
    }
    return Object.assign(send, { with: sender })
  }
  const send = sender({})
  return { app, send, lines, sleptMs }
}

const replyOf = async (response: Response): Promise<Reply> => {
  const { status, headers } = response
  const text = await response.text()
  const isJson = headers.get('content-type')?.includes('json') && text !== ''
  return { status, headers, body: isJson ? JSON.parse(text) : text || undefined }
}

/** `recup` with nothing behind it: port 1 of this machine answers nobody. */
export const testRecup = (defects: readonly Defect[] = [], seed = 0) => {
  let id = 0
  let elapsedMs = 0
  const options = {
    path: ':memory:',
    now: () => nowMs + elapsedMs,
    newId: () => `new-${++id}`,
    defects,
    seed,
  }
  const call = httpCall({ timeoutMs: 3000, maxSockets: 64 })
  const system = recup(options, { baseUrl: 'http://127.0.0.1:1/fhir', authorize: async () => ({}), call })
  const elapse = (ms: number) => {
    elapsedMs += ms
  }
  return { ...appOf(system), system, elapse }
}

/** The system of the emergency departments. */
export const testEmergency = (defects: readonly Defect[] = []) => {
  let id = 0
  const system = plainSystem('emergency', {
    path: ':memory:',
    now: () => nowMs,
    newId: () => `new-${++id}`,
    defects,
    seed: 0,
  })
  return { ...appOf(system), system }
}

export const agenda = {
  namespace: 'run1',
  id: 'a1',
  structure: 0,
  area: '120201',
  service: 'S1',
  priority: 'B',
  visit: 'ROUTINE',
} as const

export const slot = (number: number, status: 'free' | 'busy' | 'busy-tentative' = 'free') => {
  const instant = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString()
  return slotResource(agenda, { id: `s${number}`, status, start: instant(number * 20), end: instant(number * 20 + 20) })
}

/** An appointment without NRE, for which nobody has to be asked. */
export const appointment = (number: number, status: 'pending' | 'booked' = 'pending', slotNumber = number) => {
  const facts = {
    namespace: 'run1',
    identifier: `run1.web.${number}`,
    status,
    patient: 'p1',
    slots: [`s${slotNumber}`],
    service: 'S1',
  }
  const resource = appointmentResource({ ...facts, nre: '', created: '2030-01-01T00:00:00Z' })
  return { ...resource, identifier: resource.identifier?.slice(0, 1) ?? [] }
}

export const toBase64 = (ascii: string): string => Buffer.from(ascii).toString('base64')

export const puts = (
  resources: readonly FhirResource[],
  type: 'batch' | 'transaction' = 'batch',
): Bundle<FhirResource> => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  })),
})

/** Two patients, one agenda, and free slots s0, s1, … */
export const load = async (send: Send, slots: number): Promise<void> => {
  const people: readonly FhirResource[] = [
    { resourceType: 'Location', id: 'collaudo-loc-0' },
    { resourceType: 'Patient', id: 'p1', identifier: [{ system: systems.fiscalCode, value: 'AAA' }] },
    { resourceType: 'Patient', id: 'p2', identifier: [{ system: systems.fiscalCode, value: 'BBB' }] },
  ]
  const all = [...people, scheduleResource(agenda), ...Array.from({ length: slots }, (_, number) => slot(number))]
  const { body } = await send('POST', '/fhir', puts(all))
  for (const { response } of body.entry)
    if (response.status !== '201 Created') throw new Error(JSON.stringify(response))
}

export const hold = (send: Send, number: number, slotNumber = number): Promise<Reply> =>
  send('POST', '/fhir', holdTransaction(appointment(number, 'pending', slotNumber), [`s${slotNumber}`], toBase64))

export const appointmentIdOf = (held: Reply): string =>
  /Appointment\/([^/]+)\/_history/.exec(held.body.entry[1].response.location)?.[1] ?? ''

export const book = (send: Send, id: string, slotNumber: number): Promise<Reply> =>
  send('POST', '/fhir', bookTransaction({ appointmentId: id, slots: [`s${slotNumber}`] }, toBase64))

export const entriesOf = (reply: Reply): readonly Record<string, unknown>[] =>
  (reply.body.entry ?? []).map((entry: { resource: unknown }) => entry.resource)

export const idsOf = (reply: Reply): readonly unknown[] => entriesOf(reply).map(({ id }) => id)

/** Statuses of all appointments on a slot. */
export const statusesOn = async (send: Send, slotNumber: number): Promise<readonly unknown[]> =>
  entriesOf(await send('GET', `/fhir/Appointment?slot=Slot/s${slotNumber}`)).map(({ status }) => status)

export const slotStatus = async (send: Send, slotNumber: number): Promise<unknown> =>
  (await send('GET', `/fhir/Slot/s${slotNumber}`)).body.status
