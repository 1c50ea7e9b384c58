import { beforeEach, describe, expect, it } from 'vitest'
import { AccessTokens } from '../../twin/http/access-tokens.ts'
import { identityApp } from '../../twin/http/identity-app.ts'
import { client, load, nowMs, type Send, slot, testRecup } from './test-system.ts'

let send: Send
let lines: readonly string[]

beforeEach(async () => {
  const system = testRecup()
  send = system.send
  lines = system.lines
  await load(send, 2)
})

const patient = (id: string, name = 'Rossi') => ({ resourceType: 'Patient', id, name: [{ family: name }] })

describe('read', () => {
  it('answers with the resource, its version and when it was stored', async () => {
    const { status, headers, body } = await send('GET', '/fhir/Slot/s1')
    expect(status).toBe(200)
    expect(headers.get('etag')).toBe('W/"1"')
    expect(headers.get('content-type')).toContain('application/fhir+json')
    expect(body).toEqual({
      ...slot(1),
      meta: { ...slot(1).meta, versionId: '1', lastUpdated: '2030-01-01T00:00:00.000Z' },
    })
  })

  it('finds the version that a Location header names', async () => {
    const created = await send('POST', '/fhir/Patient', { resourceType: 'Patient' })
    const location = created.headers.get('location') ?? ''
    expect(location).toBe('http://twin.test/fhir/Patient/new-1/_history/1')
    expect((await send('GET', new URL(location).pathname)).status).toBe(200)
  })
})

describe('create', () => {
  it('gives an id of its own and a first version', async () => {
    const { status, headers, body } = await send('POST', '/fhir/Patient', patient('mine'))
    expect([status, headers.get('etag'), body.id]).toEqual([201, 'W/"1"', 'new-1'])
  })

  it('returns what is there when If-None-Exist finds one, and refuses when it finds more', async () => {
    const identifier = [{ system: 'urn:x', value: '1' }]
    const condition = { 'if-none-exist': 'identifier=urn:x|1' }
    const first = await send.with(condition)('POST', '/fhir/Patient', { resourceType: 'Patient', identifier })
    const again = await send.with(condition)('POST', '/fhir/Patient', { resourceType: 'Patient', identifier })
    await send('POST', '/fhir/Patient', { resourceType: 'Patient', identifier })
    const ambiguous = await send.with(condition)('POST', '/fhir/Patient', { resourceType: 'Patient', identifier })
    expect([first.status, again.status, ambiguous.status]).toEqual([201, 200, 412])
    expect(again.body.id).toBe(first.body.id)
  })

  it('refuses references that lead nowhere', async () => {
    const { status, body } = await send('PUT', '/fhir/Slot/s9', {
      ...slot(9),
      schedule: { reference: 'Schedule/none' },
    })
    expect([status, body.issue[0].code]).toEqual([422, 'not-found'])
  })
})

describe('update', () => {
  it('creates what is not there under the id of the client', async () => {
    const { status, headers } = await send('PUT', '/fhir/Patient/mine', patient('mine'))
    expect([status, headers.get('etag')]).toEqual([201, 'W/"1"'])
  })

  it('moves the version only when something changes', async () => {
    await send('PUT', '/fhir/Patient/mine', patient('mine'))
    const same = await send('PUT', '/fhir/Patient/mine', patient('mine'))
    const other = await send('PUT', '/fhir/Patient/mine', patient('mine', 'Bianchi'))
    expect([same.status, same.headers.get('etag')]).toEqual([200, 'W/"1"'])
    expect([other.status, other.headers.get('etag')]).toEqual([200, 'W/"2"'])
    expect((await send('GET', '/fhir/Patient/mine')).body.name).toEqual([{ family: 'Bianchi' }])
  })

  it('wants the version that If-Match names, also of what is not there', async () => {
    await send('PUT', '/fhir/Patient/mine', patient('mine'))
    const fresh = await send.with({ 'if-match': 'W/"1"' })('PUT', '/fhir/Patient/mine', patient('mine', 'B'))
    const stale = await send.with({ 'if-match': 'W/"1"' })('PUT', '/fhir/Patient/mine', patient('mine', 'C'))
    const absent = await send.with({ 'if-match': 'W/"1"' })('PUT', '/fhir/Patient/none', patient('none'))
    expect([fresh.status, stale.status, absent.status]).toEqual([200, 412, 412])
    expect((await send('GET', '/fhir/Patient/none')).status).toBe(404)
  })

  it('wants the id of the URL in the body', async () => {
    expect((await send('PUT', '/fhir/Patient/mine', patient('other'))).status).toBe(400)
  })
})

describe('patch', () => {
  const guarded = (from: string, to: string) => [
    { op: 'test', path: '/status', value: from },
    { op: 'replace', path: '/status', value: to },
  ]

  it('changes what its test allows and tells the loser of a race 409', async () => {
    const won = await send('PATCH', '/fhir/Slot/s1', guarded('free', 'busy'))
    const lost = await send('PATCH', '/fhir/Slot/s1', guarded('free', 'busy'))
    expect([won.status, won.headers.get('etag'), won.body.status]).toEqual([200, 'W/"2"', 'busy'])
    expect([lost.status, lost.body.issue[0].code]).toEqual([409, 'conflict'])
  })

  it('wants the version that If-Match names, and a resource', async () => {
    expect((await send.with({ 'if-match': 'W/"7"' })('PATCH', '/fhir/Slot/s1', guarded('free', 'busy'))).status).toBe(
      412,
    )
    expect((await send('PATCH', '/fhir/Slot/none', guarded('free', 'busy'))).status).toBe(404)
  })
})

describe('delete', () => {
  it('removes from reads and searches, and does not mind a second time', async () => {
    const first = await send('DELETE', '/fhir/Slot/s1')
    const second = await send('DELETE', '/fhir/Slot/s1')
    expect([first.status, second.status]).toEqual([204, 204])
    expect((await send('GET', '/fhir/Slot/s1')).status).toBe(404)
    expect((await send('GET', '/fhir/Slot?status=free')).body.total).toBe(1)
  })
})

describe('Prefer: return=minimal', () => {
  it('answers writes without a body, reads with it', async () => {
    const prefer = { prefer: 'return=minimal' }
    const written = await send.with(prefer)('PUT', '/fhir/Patient/mine', patient('mine'))
    expect([written.status, written.headers.get('etag'), written.body]).toEqual([201, 'W/"1"', undefined])
    expect((await send.with(prefer)('GET', '/fhir/Patient/mine')).body.id).toBe('mine')
  })
})

describe('every refusal is an OperationOutcome', () => {
  const json = { 'content-type': 'application/fhir+json' }
  const large = { ...json, 'content-length': '10000001' }
  it.each([
    [400, 'POST /fhir/Patient', { headers: json, body: '{"resourceType":' }],
    [400, 'POST /fhir/Patient', { headers: json, body: '[]' }],
    [400, 'POST /fhir/Patient', { headers: json, body: '{"resourceType":"Slot"}' }],
    [400, 'POST /fhir', { headers: json, body: '{"resourceType":"Bundle","type":"collection"}' }],
    [400, 'GET /fhir/Patient?nonsense=1', {}],
    [401, 'GET /fhir/Patient/p1', { headers: { authorization: '' } }],
    [401, 'GET /fhir/Patient/p1', { headers: { authorization: 'Bearer 9999999999999.dGVzdA.forged' } }],
    [404, 'GET /fhir/Patient/none', {}],
    [404, 'GET /fhir/Spaceship', {}],
    [404, 'GET /elsewhere', {}],
    [405, 'PUT /fhir/Patient', { headers: json, body: '{}' }],
    [405, 'POST /fhir/Patient/p1', { headers: json, body: '{}' }],
    [413, 'POST /fhir', { headers: large, body: 'x' }],
    [413, 'POST /fhir', { headers: json, body: 'x'.repeat(10_000_001) }],
    [415, 'POST /fhir/Patient', { headers: { 'content-type': 'text/plain' }, body: 'x' }],
    [415, 'PATCH /fhir/Slot/s1', { headers: json, body: '[]' }],
    [422, 'PUT /fhir/Slot/s7', { headers: json, body: '{"resourceType":"Slot","id":"s7"}' }],
  ] as const)('%i for %s', async (status, target, request) => {
    const { headers, body } = { headers: {}, body: undefined, ...request }
    const [method = '', path = ''] = target.split(' ')
    const reply = await send.with(headers)(method, path, body)
    expect(reply.status).toBe(status)
    expect(reply.body.resourceType).toBe('OperationOutcome')
    expect(reply.body.issue[0]).toEqual({
      severity: 'error',
      code: expect.any(String),
      diagnostics: expect.any(String),
    })
  })

  it('also when the system itself fails, and then it tells nothing of its inside', async () => {
    const { send: broken, system, lines: log } = testRecup()
    system.surroundings.store.database.close()
    const reply = await broken('GET', '/fhir/Patient/p1')
    expect([reply.status, reply.body.issue[0].code]).toEqual([500, 'exception'])
    expect(JSON.stringify(reply.body)).not.toMatch(/database|\.ts/)
    expect(log.join()).toMatch(/database/)
    expect(lines).toEqual([])
  })

  it('names the methods that would be right', async () => {
    expect((await send('POST', '/fhir/Patient/p1', {})).headers.get('allow')).toBe('GET, PUT, PATCH, DELETE')
  })
})

describe('the open addresses', () => {
  const open = { authorization: '' }

  it('tell what the system can do', async () => {
    const { status, body } = await send.with(open)('GET', '/fhir/metadata')
    const types = body.rest[0].resource.map(({ type }: { type: string }) => type)
    expect([status, body.resourceType, body.fhirVersion]).toEqual([200, 'CapabilityStatement', '4.0.1'])
    expect(types).toEqual([
      'Organization',
      'Location',
      'Patient',
      'Schedule',
      'Slot',
      'Appointment',
      'Task',
      'Invoice',
      'ServiceRequest',
    ])
  })

  it('tell that it lives, and what it served', async () => {
    await send('GET', '/fhir/Slot/s1')
    await send('GET', '/fhir/Slot/none')
    expect((await send.with(open)('GET', '/health')).body.status).toBe('pass')
    const { body } = await send.with(open)('GET', '/metrics')
    expect(body).toContain('http_requests_total{method="GET",route="/fhir/Slot/{id}",status="200"} 1')
    expect(body).toContain('http_requests_total{method="GET",route="/fhir/Slot/{id}",status="404"} 1')
    expect(body).toMatch(
      /http_request_duration_seconds_bucket\{method="GET",route="\/fhir\/Slot\/\{id\}",status="200",le="\+Inf"\} 1\n/,
    )
    expect(body).toMatch(/^process_resident_memory_bytes \d+$/m)
  })
})

describe('POST /token of identity', () => {
  const tokens = new AccessTokens([client], () => nowMs)
  const identity = identityApp({ tokens, now: () => nowMs, log: () => {}, sleep: async () => {}, versions: {} })
  const ask = async (body: string, headers: Readonly<Record<string, string>> = {}) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const response = await identity.request('/token', { method: 'POST', body, headers: { ...type, ...headers } })
    return { status: response.status, body: await response.json() }
  }
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  const grant = 'grant_type=client_credentials'

  it.each([
    ['Basic authentication', grant, basic('test:test secret')],
    ['form fields', `${grant}&client_id=test&client_secret=test+secret`, {}],
  ])('gives a token that opens /fhir for credentials in %s', async (_, body, headers) => {
    const token = await ask(body, headers)
    expect(token).toEqual({
      status: 200,
      body: { access_token: expect.any(String), token_type: 'Bearer', expires_in: 300 },
    })
    const reply = await send.with({ authorization: `Bearer ${Object(token.body).access_token}` })(
      'GET',
      '/fhir/Slot/s1',
    )
    expect(reply.status).toBe(200)
  })

  it('refuses wrong credentials and other grants', async () => {
    expect(await ask(grant, basic('test:wrong'))).toEqual({ status: 401, body: { error: 'invalid_client' } })
    expect(await ask(grant)).toEqual({ status: 401, body: { error: 'invalid_client' } })
    expect((await ask('grant_type=password', basic('test:test secret'))).body).toEqual({
      error: 'unsupported_grant_type',
    })
  })
})
