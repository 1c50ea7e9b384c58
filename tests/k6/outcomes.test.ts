import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nullLoad } from '../../bench/null-load.ts'
import type { Interference } from '../../bench/null-server.ts'
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
      for (const line of ledger.map((text) => JSON.parse(text)))
        if (line.kind === 'write') writes[line.write] = line.state
    },
  })
  for (let row = 0; row < planned; row++) outcomes.add(collected.rows.state(stream, row))
  return { outcomes: [...outcomes], writes }
}

interface Case {
  readonly when: string
  readonly stream: 'phone' | 'counter'
  readonly interfere: Interference
  readonly outcome: string
  readonly writes: Record<string, string>
}

test.each<Case>([
  {
    when: 'everything is well',
    stream: 'phone',
    interfere: () => undefined,
    outcome: 'done',
    writes: { hold: 'acknowledged', book: 'acknowledged' },
  },
  {
    when: 'everything is well at the counter',
    stream: 'counter',
    interfere: () => undefined,
    outcome: 'done',
    writes: { accept: 'acknowledged' },
  },
  {
    when: 'others are always quicker',
    stream: 'phone',
    interfere: on(isTransaction, answer(409)),
    outcome: 'lost-race',
    writes: { hold: 'refused' },
  },
  {
    when: 'a stale ifMatch is answered with 412',
    stream: 'phone',
    interfere: on(isTransaction, answer(412)),
    outcome: 'lost-race',
    writes: { hold: 'refused' },
  },
  {
    when: 'a business rule refuses the hold',
    stream: 'phone',
    interfere: on(isTransaction, answer(422)),
    outcome: 'refused',
    writes: { hold: 'refused' },
  },
  {
    when: 'nothing is free',
    stream: 'phone',
    interfere: on((_, url) => url.includes('/Slot?'), answer(200, empty)),
    outcome: 'no-offer',
    writes: {},
  },
  {
    when: 'the citizen is not known',
    stream: 'phone',
    interfere: on((_, url) => url.includes('/Patient?'), answer(200, empty)),
    outcome: 'refused',
    writes: {},
  },
  {
    when: 'the appointment to accept is not there',
    stream: 'counter',
    interfere: on(isLookup, answer(200, empty)),
    outcome: 'blocked',
    writes: {},
  },
  {
    when: 'another desk was quicker',
    stream: 'counter',
    interfere: on(isAccept, answer(409)),
    outcome: 'lost-race',
    writes: { accept: 'refused' },
  },
  {
    when: 'the server fails',
    stream: 'counter',
    interfere: on(isAccept, answer(500)),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
  {
    when: 'the server asks for patience',
    stream: 'counter',
    interfere: on(isAccept, answer(429)),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
  {
    when: 'a proxy answers with a page',
    stream: 'counter',
    interfere: on(isAccept, answer(200, '<html>', 'text/html')),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
  {
    when: 'the server hangs',
    stream: 'counter',
    interfere: on(isAccept, 'hang'),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
  {
    when: 'the connection breaks',
    stream: 'counter',
    interfere: on(isAccept, 'reset'),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
])('when $when a row of $stream ends as it should', async ({ stream, interfere, outcome, writes }) => {
  expect(await walked(stream, interfere)).toEqual({ outcomes: [outcome], writes })
})

test('a hold whose answer is lost is found again by its identifier, and booked', async () => {
  let holds = 0
  const loseHolds: Interference = (method) => (isTransaction(method) && holds++ % 2 === 0 ? 'reset' : undefined)
  const { outcomes, writes } = await walked('phone', (method, url) =>
    isLookup(method, url)
      ? answer(
          200,
          '{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Appointment","id":"a","status":"pending"}}]}',
        )
      : loseHolds(method, url),
  )
  expect(outcomes).toEqual(['done'])
  expect(writes).toEqual({ hold: 'acknowledged', book: 'acknowledged' })
})
