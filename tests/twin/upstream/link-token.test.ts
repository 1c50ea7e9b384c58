import { expect, it } from 'vitest'
import type { UpstreamAnswer } from '../../../twin/http/system.ts'
import { linkToken } from '../../../twin/upstream/link-token.ts'

const source = () => {
  let nowMs = 0
  let given = 0
  let isAway = false
  const call = async (): Promise<UpstreamAnswer> => {
    if (isAway) return { status: 503, body: '' }
    given += 1
    return { status: 200, body: JSON.stringify({ access_token: `t${given}`, expires_in: 300 }) }
  }
  const authorize = linkToken(
    { clientId: 'recup', clientSecret: 'secret' },
    { tokenUrl: 'http://127.0.0.1:1/token', call, elapsedMs: () => nowMs },
  )
  return {
    authorize,
    at: (ms: number, away = false) => {
      nowMs = ms
      isAway = away
    },
  }
}

it('one token is for all who wait for it, and is renewed before it ends', async () => {
  const { authorize, at } = source()
  const first = { authorization: 'Bearer t1' }
  expect(await Promise.all([authorize(), authorize()])).toEqual([first, first])
  at(239_000)
  expect(await authorize()).toEqual(first)
  at(240_000)
  expect(await authorize()).toEqual(first)
  expect(await authorize()).toEqual({ authorization: 'Bearer t2' })
})

it('a token is used to its end while there is no new one', async () => {
  const { authorize, at } = source()
  await authorize()
  at(299_999, true)
  expect(await authorize()).toEqual({ authorization: 'Bearer t1' })
  at(300_000, true)
  await expect(authorize()).rejects.toMatchObject({ status: 503 })
  at(300_001)
  expect(await authorize()).toEqual({ authorization: 'Bearer t2' })
})

it('a token that was refused is not shown again', async () => {
  const { authorize } = source()
  expect(await authorize(await authorize())).toEqual({ authorization: 'Bearer t2' })
})
