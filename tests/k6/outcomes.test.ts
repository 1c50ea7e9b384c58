import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Interference } from '../../bench/null-server.ts'
import { nullLoad } from '../../bench/null-load.ts'
import { oneStream } from '../../bench/one-stream.ts'
import { k6Path } from '../../cli/k6-path.ts'

const k6 = k6Path(process.env)
const fhir = 'application/fhir+json'
const outcomeBody = '{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"conflict"}]}'
const empty = '{"resourceType":"Bundle","type":"searchset"}'

const answer = (status: number, body = outcomeBody, type = fhir) => ({ status, body, type })
const isTransaction = (method: string) => method === 'POST'
const isLookup = (_: string, url: string) => url.includes('/Appointment?')
const isAccept = (method: string) => method === 'PATCH'

/** Answers every request for which `matches` holds with something else. */
const on =
  (matches: (method: string, url: string) => boolean, instead: ReturnType<Interference>): Interference =>
  (method, url) =>
    matches(method, url) ? instead : undefined

/** What the rows of a stream come to when the server interferes: their outcomes, and the last state of each kind of write. */
const walked = async (stream: 'phone' | 'counter', interfere: Interference) => {
  const outcomes = new Set<string>()
  const writes: Record<string, string> = {}
  const { collected, planned } = await nullLoad({
    k6,
    ...oneStream({ stream, rowsPerSecond: 4, seconds: 1, actors: 4 }),
    hasPauses: false,
    interfere,
    requestTimeoutMs: 300,
    inspect: async (dir) => {
      const ledger = (await readFile(join(dir, 'ledger.ndjson'), 'utf8')).trim().split('\n').filter(Boolean)
      for (const line of ledger.map((text) => JSON.parse(text))) if (line.kind === 'write') writes[line.write] = line.state
    },
  })
  for (let row = 0; row < planned; row++) outcomes.add(collected.rows.state(stream, row))
  return { outcomes: [...outcomes], writes }
}

test.each<[string, 'phone' | 'counter', Interference, string, Record<string, string>]>([
  ['everything is well', 'phone', () => undefined, 'done', { hold: 'acknowledged', book: 'acknowledged' }],
  ['everything is well at the counter', 'counter', () => undefined, 'done', { accept: 'acknowledged' }],
  ['others are always quicker', 'phone', on(isTransaction, answer(409)), 'lost-race', { hold: 'refused' }],
  ['a stale ifMatch is answered with 412', 'phone', on(isTransaction, answer(412)), 'lost-race', { hold: 'refused' }],
  ['a business rule refuses the hold', 'phone', on(isTransaction, answer(422)), 'refused', { hold: 'refused' }],
  ['nothing is free', 'phone', on((_, url) => url.includes('/Slot?'), answer(200, empty)), 'no-offer', {}],
  ['the citizen is not known', 'phone', on((_, url) => url.includes('/Patient?'), answer(200, empty)), 'refused', {}],
  ['the appointment to accept is not there', 'counter', on(isLookup, answer(200, empty)), 'blocked', {}],
  ['another desk was quicker', 'counter', on(isAccept, answer(409)), 'lost-race', { accept: 'refused' }],
  ['the server fails', 'counter', on(isAccept, answer(500)), 'failed', { accept: 'unknown' }],
  ['the server asks for patience', 'counter', on(isAccept, answer(429)), 'failed', { accept: 'unknown' }],
  ['a proxy answers with a page', 'counter', on(isAccept, answer(200, '<html>', 'text/html')), 'failed', { accept: 'unknown' }],
  ['the server hangs', 'counter', on(isAccept, 'hang'), 'failed', { accept: 'unknown' }],
  ['the connection breaks', 'counter', on(isAccept, 'reset'), 'failed', { accept: 'unknown' }],
])('when %s a row of %s ends as it should', async (_, stream, interfere, outcome, writes) => {
  expect(await walked(stream, interfere)).toEqual({ outcomes: [outcome], writes })
})

test('a hold whose answer is lost is found again by its identifier, and booked', async () => {
  let holds = 0
  const loseHolds: Interference = (method) => (isTransaction(method) && holds++ % 2 === 0 ? 'reset' : undefined)
  const { outcomes, writes } = await walked('phone', (method, url) =>
    isLookup(method, url)
      ? answer(200, '{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Appointment","id":"a","status":"pending"}}]}')
      : loseHolds(method, url),
  )
  expect(outcomes).toEqual(['done'])
  expect(writes).toEqual({ hold: 'acknowledged', book: 'acknowledged' })
})
