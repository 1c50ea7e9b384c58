import { expect, test } from 'vitest'
import { authorizer } from '../../clients/token.ts'
import { type Answer, answeringServer, closedAddress } from './answering-server.ts'

const env = { ID: 'me', SECRET: 's3cret' }

const authOf = (tokenUrl: string) =>
  ({ kind: 'client-credentials', tokenUrl, clientIdEnv: 'ID', clientSecretEnv: 'SECRET' }) as const

/** An authorizer on a clock that the test turns, with the credentials of every request for a token. */
const withTokens = async (answer: (count: number) => Answer) => {
  const asked: (string | undefined)[] = []
  const url = await answeringServer(({ headers }) => answer(asked.push(headers.authorization)))
  const clock = { nowMs: 0 }
  return { asked, clock, authorize: authorizer(authOf(`${url}/token`), env, { now: () => clock.nowMs }) }
}

test('no authorization asks for nothing, a bearer token comes from its variable', async () => {
  expect(await authorizer({ kind: 'none' }, {}, { now: Date.now })()).toEqual({})
  const bearer = authorizer({ kind: 'bearer', tokenEnv: 'T' }, { T: 'abc' }, { now: Date.now })
  expect(await bearer()).toEqual({ authorization: 'Bearer abc' })
})

test.each([{ T: '' }, {}])('a secret that is not set is named before any request', (empty) => {
  expect(() => authorizer({ kind: 'bearer', tokenEnv: 'T' }, empty, { now: Date.now })).toThrow(
    expect.objectContaining({
      kind: 'usage',
      message: 'expected a secret in the environment variable T, got none',
      hint: 'export T=…',
    }),
  )
})

test('a token is kept until ten seconds before its end and renewed then', async () => {
  const { asked, clock, authorize } = await withTokens((count) => ({
    body: { access_token: `token-${count}`, expires_in: 60 },
  }))
  expect(await authorize()).toEqual({ authorization: 'Bearer token-1' })
  clock.nowMs = 49_999
  expect(await authorize()).toEqual({ authorization: 'Bearer token-1' })
  clock.nowMs = 50_000
  expect(await authorize()).toEqual({ authorization: 'Bearer token-2' })
  expect(asked).toEqual(Array(2).fill(`Basic ${Buffer.from('me:s3cret').toString('base64')}`))
})

test('a token without an end is renewed after five minutes less ten seconds', async () => {
  const { clock, authorize } = await withTokens((count) => ({ body: { access_token: `token-${count}` } }))
  await authorize()
  clock.nowMs = 289_999
  expect(await authorize()).toEqual({ authorization: 'Bearer token-1' })
  clock.nowMs = 290_000
  expect(await authorize()).toEqual({ authorization: 'Bearer token-2' })
})

test.each<[string, Answer]>([
  ['401', { status: 401, body: { error: 'invalid_client' } }],
  ['200', { body: { token: 'under another name' } }],
  ['200', { body: '<html>Sign in</html>' }],
])('an answer without a token is told with its status %s and no secret', async (status, answer) => {
  const { authorize } = await withTokens(() => answer)
  const failure = await authorize().catch((error: unknown) => error)
  expect(failure).toMatchObject({ kind: 'usage', message: expect.stringMatching(`got ${status}$`) })
  expect(JSON.stringify(failure) + String(failure)).not.toContain('s3cret')
})

test('a token endpoint that is not there is told by its own address', async () => {
  const tokenUrl = `${await closedAddress()}/token`
  await expect(authorizer(authOf(tokenUrl), env, { now: Date.now })()).rejects.toMatchObject({
    kind: 'usage',
    message: `expected an access token from ${tokenUrl}, got ECONNREFUSED`,
  })
})

test('a token that was refused is renewed at once, and one that has been renewed meanwhile is not', async () => {
  const { asked, authorize } = await withTokens((count) => ({ body: { access_token: `token-${count}` } }))
  const first = await authorize()
  expect(await authorize(first)).toEqual({ authorization: 'Bearer token-2' })
  expect(await authorize(first)).toEqual({ authorization: 'Bearer token-2' })
  expect(asked).toHaveLength(2)
})
