import type { IncomingMessage } from 'node:http'
import type { FhirResource } from 'fhir/r4.js'
import { expect, test } from 'vitest'
import { FhirClient } from '../../clients/fhir-client.ts'
import { noAnswer } from '../../clients/no-answer.ts'
import type { Authorize } from '../../clients/token.ts'
import { type Answer, answeringServer, closedAddress } from './answering-server.ts'

const authorize = async () => ({ authorization: 'Bearer t' })

const clientOf = async (answer: (request: IncomingMessage) => Answer | undefined, timeoutMs = 5000) => {
  const requests: IncomingMessage[] = []
  const url = await answeringServer((request) => {
    requests.push(request)
    return answer(request)
  })
  return { requests, client: new FhirClient({ baseUrl: `${url}/fhir/`, authorize, timeoutMs }) }
}

/** A client whose token is the next of these when the one before was refused, and stays the last. */
const clientWith = async (tokens: readonly string[], answer: (request: IncomingMessage) => Answer) => {
  const { requests, client } = await clientOf(answer)
  let current = 0
  const renewing: Authorize = async (refused) => {
    if (refused) current = Math.min(current + 1, tokens.length - 1)
    return { authorization: `Bearer ${tokens[current]}` }
  }
  return { requests, client: new FhirClient({ baseUrl: client.baseUrl, authorize: renewing, timeoutMs: 5000 }) }
}

const found = async (client: FhirClient, query: string): Promise<readonly FhirResource[]> => {
  const resources: FhirResource[] = []
  for await (const resource of client.search(query)) resources.push(resource)
  return resources
}

const slot = (id: string) => ({ resourceType: 'Slot', id })

test('a search follows every next link and leaves included resources out', async () => {
  const { client, requests } = await clientOf(({ url, headers }) => {
    const page = Number(new URL(url ?? '', 'http://x').searchParams.get('page') ?? 1)
    const entry = [
      { resource: slot(`s${page}`), search: { mode: 'match' } },
      { resource: { resourceType: 'Schedule', id: 'a1' }, search: { mode: 'include' } },
    ]
    const next = { relation: 'next', url: `http://${headers.host}/fhir/Slot?page=${page + 1}` }
    const link = [{ relation: 'self', url: 'http://elsewhere/fhir' }, ...(page < 3 ? [next] : [])]
    return { body: { resourceType: 'Bundle', type: 'searchset', entry, link } }
  })
  expect(await found(client, 'Slot?_count=1')).toEqual([slot('s1'), slot('s2'), slot('s3')])
  expect(requests.map(({ url }) => url)).toEqual(['/fhir/Slot?_count=1', '/fhir/Slot?page=2', '/fhir/Slot?page=3'])
  for (const { headers } of requests) {
    expect(headers).toMatchObject({ authorization: 'Bearer t', 'cache-control': 'no-cache' })
  }
})

test('a search that finds nothing has no entry', async () => {
  const { client } = await clientOf(() => ({ body: { resourceType: 'Bundle', type: 'searchset', total: 0 } }))
  expect(await found(client, 'Slot')).toEqual([])
})

test('a page that is no Bundle ends the search with its status and query', async () => {
  const { client } = await clientOf(() => ({ status: 503, body: 'come again' }))
  await expect(found(client, 'Slot?_count=1')).rejects.toThrow('got 503 come again')
})

test('a transaction is posted to the base and its refusal is an answer', async () => {
  const { client, requests } = await clientOf(() => ({ status: 409, body: { resourceType: 'OperationOutcome' } }))
  const answer = await client.transaction({ resourceType: 'Bundle', type: 'transaction', entry: [] })
  expect(answer).toMatchObject({ status: 409, body: { resourceType: 'OperationOutcome' } })
  const [sent] = requests
  expect([sent?.method, sent?.url, sent?.headers.prefer]).toEqual(['POST', '/fhir', 'return=minimal'])
})

test('a body that is not FHIR is kept as text', async () => {
  const { client } = await clientOf(() => ({ body: '<html>Sign in</html>' }))
  expect(await client.get('metadata')).toEqual({ status: 200, body: undefined, text: '<html>Sign in</html>' })
})

test('no answer in time, and nobody there, reject', async () => {
  const { client } = await clientOf(() => undefined, 50)
  expect(noAnswer(await client.get('metadata').catch((error: unknown) => error))).toBe('no answer in time')
  const gone = new FhirClient({ baseUrl: await closedAddress(), authorize, timeoutMs: 5000 })
  expect(noAnswer(await gone.get('metadata').catch((error: unknown) => error))).toBe('ECONNREFUSED')
})

test('an abort rejects with its reason', async () => {
  const stop = new AbortController()
  const reason = new Error('interrupted')
  const url = await answeringServer(() => {
    stop.abort(reason)
    return undefined
  })
  const client = new FhirClient({ baseUrl: url, authorize, timeoutMs: 5000, signal: stop.signal })
  await expect(client.get('metadata')).rejects.toBe(reason)
})

test('a token that the server no longer takes is renewed once', async () => {
  const taken = new Set(['Bearer second'])
  const { client, requests } = await clientWith(['first', 'second'], ({ headers }) =>
    taken.has(headers.authorization ?? '') ? { body: slot('s1') } : { status: 401, body: 'who are you' },
  )
  expect(await client.get('Slot/s1')).toMatchObject({ status: 200 })
  expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second'])
  taken.clear()
  expect(await client.get('Slot/s1')).toMatchObject({ status: 401 })
  expect(requests).toHaveLength(3)
})

test('a token that cannot be renewed is not sent again', async () => {
  const { client, requests } = await clientWith(['only'], () => ({ status: 401, body: 'who are you' }))
  expect(await client.get('Slot/s1')).toMatchObject({ status: 401 })
  expect(requests).toHaveLength(1)
})
