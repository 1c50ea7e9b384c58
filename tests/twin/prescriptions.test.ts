import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appointmentResource } from '../../generators/fhir/appointment.ts'
import { systems } from '../../generators/fhir/naming.ts'
import { serviceRequestResource } from '../../generators/fhir/service-request.ts'
import { holdTransaction } from '../../generators/fhir/transactions.ts'
import { AccessTokens } from '../../twin/http/access-tokens.ts'
import { prescriptions } from '../../twin/systems/prescriptions.ts'
import { recup } from '../../twin/systems/recup.ts'
import { httpCall } from '../../twin/upstream/call.ts'
import {
  appOf,
  client,
  entriesOf,
  idsOf,
  load,
  nowMs,
  puts,
  type Send,
  slotStatus,
  testRecup,
  toBase64,
} from './test-system.ts'

/** NRE of the one prescription that exists. */
const known = '1200A0000000001'

const prescription = serviceRequestResource({
  namespace: 'run1',
  id: 'rx1',
  nre: known,
  seed: 0,
  patient: 1,
  service: 'S1',
  priority: 'B',
  exemption: '',
  items: 1,
})

const withNre = (nre: string, status: 'pending' | 'booked' = 'pending') =>
  appointmentResource({
    namespace: 'run1',
    identifier: `run1.web.${nre}`,
    status,
    patient: 'p1',
    slots: ['s1'],
    service: 'S1',
    nre,
    created: '2030-01-01T00:00:00Z',
  })

let server: Server
let authorization = ''
let seen: string[] = []

/** The prescription system on a port of this machine, and what it was asked. */
beforeAll(async () => {
  const { app, send } = appOf(prescriptions({ path: ':memory:', now: () => nowMs, newId: () => 'new' }))
  const second = { ...prescription, id: 'rx2', requisition: { system: systems.nre, value: 'other' } }
  await send('POST', '/fhir', puts([prescription, second]))
  authorization = `Bearer ${new AccessTokens([client], () => nowMs).issue(client)?.access_token}`
  const fetch = (request: Request) => {
    seen.push(`${new URL(request.url).pathname} ${request.headers.get('traceparent')}`)
    return app.fetch(request)
  }
  server = createAdaptorServer({ fetch }) as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const linked = async (): Promise<Send> => {
  seen = []
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`
  let id = 0
  const options = { path: ':memory:', now: () => nowMs, newId: () => `new-${++id}`, defects: [], seed: 0 }
  const call = httpCall({ timeoutMs: 3000, maxSockets: 64 })
  const system = recup(options, { baseUrl, authorize: async () => ({ authorization }), call })
  const { send } = appOf(system)
  await load(send, 3)
  return send
}

const hold = (send: Send, nre: string) => send('POST', '/fhir', holdTransaction(withNre(nre), ['s1'], toBase64))

describe('recup asks the prescription system', () => {
  it('for a prescription by its number and by its patient, and passes the answer on as its own', async () => {
    const send = await linked()
    const requisition = encodeURIComponent(`${systems.nre}|${known}`)
    const reply = await send('GET', `/fhir/ServiceRequest?requisition=${requisition}`)
    expect([reply.status, reply.body.type, reply.body.total]).toEqual([200, 'searchset', 1])
    expect(entriesOf(reply)).toMatchObject([{ ...prescription, meta: prescription.meta }])
    expect(reply.body.entry[0].fullUrl).toBe('http://twin.test/fhir/ServiceRequest/rx1')
    expect(idsOf(await send('GET', '/fhir/ServiceRequest?subject=Patient/p0-1'))).toEqual(['rx1', 'rx2'])
    expect((await send('GET', '/fhir/ServiceRequest/rx1')).body.id).toBe('rx1')
    const [page] = (await send('GET', '/fhir/ServiceRequest?patient=p0-1&_count=1')).body.link.slice(1)
    expect(idsOf(await send('GET', page.url.replace('http://twin.test', '')))).toEqual(['rx2'])
  })

  it('and passes its refusals on', async () => {
    const send = await linked()
    expect((await send('GET', '/fhir/ServiceRequest?colour=red')).status).toBe(400)
    expect((await send('GET', '/fhir/ServiceRequest/none')).status).toBe(404)
    expect((await send('POST', '/fhir/ServiceRequest', prescription)).status).toBe(404)
  })

  it('before it makes an appointment, in the trace of the client', async () => {
    const send = await linked()
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const reply = await send.with({ traceparent })('POST', '/fhir', holdTransaction(withNre(known), ['s1'], toBase64))
    expect([reply.status, await slotStatus(send, 1)]).toEqual([200, 'busy-tentative'])
    expect(seen).toEqual([`/fhir/ServiceRequest ${traceparent}`])
  })

  it('and refuses a number it does not know', async () => {
    const send = await linked()
    const reply = await hold(send, 'unknown')
    expect([reply.status, reply.body.issue[0].code]).toEqual([422, 'business-rule'])
    expect([await slotStatus(send, 1), idsOf(await send('GET', '/fhir/Appointment?slot=s1'))]).toEqual(['free', []])
    expect((await send('POST', '/fhir/Appointment', withNre('unknown'))).status).toBe(422)
  })

  it('for each entry of a batch by itself', async () => {
    const send = await linked()
    const create = (nre: string) => ({ resource: withNre(nre), request: { method: 'POST', url: 'Appointment' } })
    const entry = [create(known), create('unknown')]
    const { body } = await send('POST', '/fhir', { resourceType: 'Bundle', type: 'batch', entry })
    expect(body.entry.map(({ response }: { response: { status: string } }) => response.status)).toEqual([
      '201 Created',
      '422',
    ])
  })

  it('not for prepared data', async () => {
    const send = await linked()
    const reply = await send('POST', '/fhir', puts([{ ...withNre('unknown', 'booked'), id: 'ready' }], 'transaction'))
    expect([reply.status, seen]).toEqual([200, []])
  })
})

describe('without the prescription system', () => {
  it('recup says when to come again, and changes nothing', async () => {
    const { send } = testRecup()
    await load(send, 3)
    for (const reply of [await hold(send, known), await send('GET', '/fhir/ServiceRequest?requisition=x')]) {
      expect([reply.status, reply.body.resourceType, reply.headers.get('retry-after')]).toEqual([
        503,
        'OperationOutcome',
        '1',
      ])
    }
    expect(await slotStatus(send, 1)).toBe('free')
  })
})
