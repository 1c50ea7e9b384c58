import { expect, test } from 'vitest'
import type { Fetch } from '../../clients/fetch-of.ts'
import { retrying } from '../../clients/retrying.ts'

/** Answers in turn; an error is thrown. Waits are told and take no time. */
const asked = (answers: readonly (Response | Error)[]) => {
  const left = [...answers]
  const waitsMs: unknown[] = []
  const send: Fetch = async () => {
    const next = left.shift() ?? new Error('asked too often')
    if (next instanceof Error) throw next
    return next
  }
  const wait = (async (ms: unknown, _: unknown, options?: { signal?: AbortSignal }) => {
    waitsMs.push(ms)
    if (options?.signal?.aborted) throw new Error('ended while waiting')
  }) as never
  return { fetch: retrying(send, { times: 2, afterMs: 100 }, wait), waitsMs, left }
}

const later = (status: number, headers: Record<string, string> = {}) => new Response('later', { status, headers })

test('asks again where it is told to come later, and where nobody answers', async () => {
  const { fetch, waitsMs } = asked([later(503), new TypeError('fetch failed'), new Response('there')])
  expect(await (await fetch('http://x', { method: 'POST', body: '{}' })).text()).toBe('there')
  expect(waitsMs).toEqual([100, 100])
})

test('heeds a longer time that the answer asks for', async () => {
  const { fetch, waitsMs } = asked([
    later(429, { 'retry-after': '2' }),
    later(429, { 'retry-after': 'Fri' }),
    later(200),
  ])
  await fetch('http://x')
  expect(waitsMs).toEqual([2000, 100])
})

test('gives the last answer, or the last error, when it has asked as often as it may', async () => {
  expect((await asked([later(502), later(503), later(504)]).fetch('http://x')).status).toBe(504)
  const errors = ['one', 'two', 'three'].map((text) => new TypeError(text))
  await expect(asked(errors).fetch('http://x')).rejects.toThrow('three')
})

test.each([400, 401, 404, 409, 412, 500])('takes %i for an answer', async (status) => {
  const { fetch, left } = asked([later(status), later(200)])
  expect((await fetch('http://x')).status).toBe(status)
  expect(left).toHaveLength(1)
})

test('does not send again what was a stream', async () => {
  const { fetch } = asked([later(503), later(200)])
  const body = new Blob(['x']).stream()
  expect((await fetch('http://x', { method: 'POST', body, duplex: 'half' } as RequestInit)).status).toBe(503)
})

test('ends with the reason of the request’s signal while it waits', async () => {
  const { fetch } = asked([later(503), later(200)])
  const stop = new AbortController()
  const answer = fetch('http://x', { signal: stop.signal })
  stop.abort(new Error('the limit of the request'))
  await expect(answer).rejects.toThrow('the limit of the request')
})
