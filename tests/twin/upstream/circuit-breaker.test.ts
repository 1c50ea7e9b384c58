import { expect, it } from 'vitest'
import type { UpstreamAnswer } from '../../../twin/http/system.ts'
import { circuitBreaker } from '../../../twin/upstream/circuit-breaker.ts'

const sent = { method: 'GET', url: 'http://127.0.0.1:1/fhir', headers: {} } as const

/** A breaker before a system that does as it is told, and the time that it sees. */
const guarded = () => {
  let nowMs = 0
  let asked = 0
  let next: () => Promise<UpstreamAnswer> = async () => ({ status: 503, body: '' })
  const call = circuitBreaker(
    () => {
      asked += 1
      return next()
    },
    () => nowMs,
  )
  return {
    ask: () =>
      call(sent).then(
        ({ status }) => status,
        (error) => `${error.status} ${error.headers?.['retry-after']}`,
      ),
    asked: () => asked,
    elapse: (ms: number) => {
      nowMs += ms
    },
    answer: (how: typeof next) => {
      next = how
    },
  }
}

it('a breaker opens after five failures in a row, and lets one request try again every two seconds', async () => {
  const { ask, asked, elapse, answer } = guarded()
  const refusal = '503 2'
  for (let times = 0; times < 4; times++) expect(await ask()).toBe(503)
  answer(async () => ({ status: 200, body: '' }))
  expect(await ask()).toBe(200)
  answer(() => Promise.reject(Object.assign(new Error('reset'), { status: 'none' })))
  for (let times = 0; times < 5; times++) expect(await ask()).toBe('none undefined')
  expect([await ask(), asked()]).toEqual([refusal, 10])
  elapse(1999)
  expect([await ask(), asked()]).toEqual([refusal, 10])
  elapse(1)
  expect(await Promise.all([ask(), ask(), ask()])).toEqual(['none undefined', refusal, refusal])
  elapse(2000)
  answer(async () => ({ status: 404, body: '' }))
  expect([await ask(), await ask(), asked()]).toEqual([404, 404, 13])
})
