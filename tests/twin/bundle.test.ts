import { beforeEach, describe, expect, it } from 'vitest'
import { systems } from '../../generators/fhir/naming.ts'
import {
  appointment,
  appointmentIdOf,
  book,
  hold,
  idsOf,
  load,
  puts,
  type Send,
  slot,
  slotStatus,
  statusesOn,
  testRecup,
  toBase64,
} from './test-system.ts'

let send: Send

beforeEach(async () => {
  send = testRecup().send
  await load(send, 60)
})

const bundle = (type: string, ...entry: readonly unknown[]) =>
  send('POST', '/fhir', { resourceType: 'Bundle', type, entry })
const put = <R extends { resourceType: string; id?: string | undefined }>(resource: R, more = {}) => ({
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ...more },
})
const binary = (operations: unknown) => ({
  resourceType: 'Binary',
  contentType: 'application/json-patch+json',
  data: toBase64(JSON.stringify(operations)),
})
const patient = (id: string) => ({ resourceType: 'Patient', id })

describe('hold and book', () => {
  it('take a free slot to busy and its appointment from pending to booked', async () => {
    const held = await hold(send, 1)
    expect([held.status, held.body.type]).toEqual([200, 'transaction-response'])
    expect(held.body.entry.map(({ response }: { response: unknown }) => response)).toEqual([
      { status: '200 OK', location: 'Slot/s1/_history/2', etag: 'W/"2"' },
      { status: '201 Created', location: 'Appointment/new-1/_history/1', etag: 'W/"1"' },
    ])
    expect([await slotStatus(send, 1), await statusesOn(send, 1)]).toEqual(['busy-tentative', ['pending']])
    expect((await book(send, appointmentIdOf(held), 1)).status).toBe(200)
    expect([await slotStatus(send, 1), await statusesOn(send, 1)]).toEqual(['busy', ['booked']])
  })

  it('are refused a second time and leave everything as it was', async () => {
    const held = await hold(send, 1)
    expect((await hold(send, 1)).status).toBe(409)
    await book(send, appointmentIdOf(held), 1)
    expect((await book(send, appointmentIdOf(held), 1)).status).toBe(409)
    expect([await slotStatus(send, 1), await statusesOn(send, 1)]).toEqual(['busy', ['booked']])
  })

  it('have exactly one winner among fifty at once', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, (_, number) => hold(send, 100 + number, 7)))
    const statuses = replies.map(({ status }) => status).toSorted()
    expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)])
    expect([await slotStatus(send, 7), await statusesOn(send, 7)]).toEqual(['busy-tentative', ['pending']])
  })

  it('do not get into the way of each other on distinct slots', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, (_, number) => hold(send, number)))
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  })
})

describe('a transaction', () => {
  it.each([
    [
      'a failing test',
      {
        resource: binary([{ op: 'test', path: '/status', value: 'busy' }]),
        request: { method: 'PATCH', url: 'Slot/s1' },
      },
      409,
    ],
    ['a stale version', put(slot(1, 'busy'), { ifMatch: 'W/"9"' }), 412],
    ['a patch of what is not there', { resource: binary([]), request: { method: 'PATCH', url: 'Slot/none' } }, 404],
    ['a broken resource', put({ resourceType: 'Slot', id: 'bad' }), 422],
    ['an unknown type', put({ resourceType: 'Spaceship', id: 'x' }), 404],
    ['a patch that is no Binary', { resource: patient('x'), request: { method: 'PATCH', url: 'Slot/s1' } }, 400],
    ['an entry without request', { resource: patient('x') }, 400],
    ['a reference to nothing', put({ ...slot(3), schedule: { reference: 'Schedule/none' } }), 422],
  ])('keeps nothing when one entry is %s', async (_, broken, status) => {
    const reply = await bundle('transaction', put(patient('before')), broken, put(patient('after')))
    expect([reply.status, reply.body.resourceType]).toEqual([status, 'OperationOutcome'])
    expect(idsOf(await send('GET', '/fhir/Patient?_id=before,after'))).toEqual([])
    expect(await slotStatus(send, 1)).toBe('free')
  })

  it('leaves no trace in the search index when it is rolled back', async () => {
    const visit = (code: string) => ({ ...slot(1), appointmentType: { coding: [{ system: systems.visit, code }] } })
    const query = (code: string) =>
      `/fhir/Slot?service-type=${systems.service}|S1&service-category=${systems.priority}|B&appointment-type=${systems.visit}|${code}&status=free`
    await bundle('transaction', put(visit('FOLLOWUP')), put({ resourceType: 'Slot', id: 'bad' }))
    await bundle('transaction', put(visit('CHECKUP')))
    expect(idsOf(await send('GET', query('FOLLOWUP')))).toEqual([])
    expect(idsOf(await send('GET', query('CHECKUP')))).toEqual(['s1'])
  })

  it('takes ifMatch with and without the marks of an ETag', async () => {
    expect((await bundle('transaction', put(slot(1, 'busy'), { ifMatch: 'W/"1"' }))).status).toBe(200)
    expect((await bundle('transaction', put(slot(1), { ifMatch: '2' }))).status).toBe(200)
  })

  it('may refer to what it brings along, in any order', async () => {
    const reply = await bundle(
      'transaction',
      put({ ...slot(70), schedule: { reference: 'Schedule/later' } }),
      put({ resourceType: 'Schedule', id: 'later', actor: [{ reference: 'Location/collaudo-loc-0' }] }),
    )
    expect(reply.status).toBe(200)
  })

  it('answers in the order of its entries, reads seeing its writes', async () => {
    const read = { request: { method: 'GET', url: 'Slot/s1' } }
    const search = { request: { method: 'GET', url: 'Slot?status=busy' } }
    const { body } = await bundle('transaction', read, search, put(slot(1, 'busy')), {
      request: { method: 'DELETE', url: 'Slot/s2' },
    })
    expect(body.entry[0].resource.status).toBe('busy')
    expect(body.entry[1].resource.entry[0].resource.id).toBe('s1')
    expect(body.entry.map(({ response }: { response: { status: string } }) => response.status)).toEqual([
      '200 OK',
      '200 OK',
      '200 OK',
      '204 No Content',
    ])
  })

  it('refuses to write one resource twice', async () => {
    expect((await bundle('transaction', put(patient('x')), put(patient('x')))).status).toBe(400)
  })

  it('finds what ifNoneExist asks for, so that a create sent again makes no second one', async () => {
    const ifNoneExist = `identifier=${systems.appointment}|run1.web.5`
    const create = { resource: appointment(5), request: { method: 'POST', url: 'Appointment', ifNoneExist } }
    const first = await bundle('transaction', create)
    const again = await bundle('transaction', create)
    const locationOf = (reply: typeof first) => reply.body.entry[0].response.location
    expect([first, again].map((reply) => reply.body.entry[0].response.status)).toEqual(['201 Created', '200 OK'])
    expect(locationOf(again)).toBe(locationOf(first))
    expect(await statusesOn(send, 5)).toEqual(['pending'])
  })

  it('keeps an appointment identifier unique also without it', async () => {
    const create = { resource: appointment(5), request: { method: 'POST', url: 'Appointment' } }
    expect((await bundle('transaction', create)).status).toBe(200)
    expect((await bundle('transaction', create)).status).toBe(409)
  })

  it('carries resources in its answer unless the client prefers it minimal', async () => {
    const entry = puts([slot(1, 'busy')], 'transaction')
    expect((await send('POST', '/fhir', entry)).body.entry[0].resource.id).toBe('s1')
    expect(
      (await send.with({ prefer: 'return=minimal' })('POST', '/fhir', entry)).body.entry[0].resource,
    ).toBeUndefined()
  })
})

describe('a batch', () => {
  it('keeps what is right and tells of each entry that is wrong', async () => {
    const { status, body } = await bundle(
      'batch',
      put(patient('before')),
      put({ resourceType: 'Slot', id: 'bad' }),
      { request: { method: 'GET', url: 'Patient/none' } },
      put(patient('after')),
    )
    const responses = body.entry.map(({ response }: { response: { status: string } }) => response.status)
    expect([status, body.type, responses]).toEqual([
      200,
      'batch-response',
      ['201 Created', '422', '404', '201 Created'],
    ])
    expect(body.entry[1].response.outcome.resourceType).toBe('OperationOutcome')
    expect(idsOf(await send('GET', '/fhir/Patient?_id=before,after'))).toEqual(['before', 'after'])
  })

  it('sent again moves no version', async () => {
    const prepared = puts(Array.from({ length: 20 }, (_, number) => slot(number)))
    const { body } = await send('POST', '/fhir', prepared)
    const etags = body.entry.map(({ response }: { response: { etag: string } }) => response.etag)
    expect(new Set(etags)).toEqual(new Set(['W/"1"']))
  })
})
