import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { nullLoad } from '../../bench/null-load.ts'
import type { Interference } from '../../bench/null-server.ts'
import { type OneStream, oneStream } from '../../bench/one-stream.ts'
import { k6Path } from '../../cli/k6-path.ts'
import type { Action } from '../../model/scenario.ts'

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

type Walked = Pick<OneStream, 'stream' | 'action'> & Partial<Pick<OneStream, 'rowsPerSecond'>>

/** What the rows of a stream come to when the server interferes: their outcomes, and the last state of each kind of write. */
const walkedAndTold = async ({ stream, action, rowsPerSecond = 4 }: Walked, interfere: Interference) => {
  const outcomes = new Set<string>()
  const writes: Record<string, string> = {}
  const told: string[] = []
  const { collected, planned } = await nullLoad({
    k6,
    ...oneStream({ stream, action, rowsPerSecond, seconds: 1, actors: 4 }),
    hasPauses: false,
    interfere,
    requestTimeoutMs: 300,
    inspect: async (dir) => {
      const ledger = gunzipSync(await readFile(join(dir, 'ledger.ndjson.gz')))
        .toString()
        .trim()
        .split('\n')
        .filter(Boolean)
      for (const line of ledger.map((text) => JSON.parse(text)))
        if (line.kind === 'write') {
          writes[line.write] = line.state
          told.push(`${line.write} ${line.state} ${line.identifier}`)
        }
    },
  })
  for (let row = 0; row < planned; row++) outcomes.add(collected.rows.state(stream, row))
  return { outcomes: [...outcomes], writes, told }
}

const walked = async (of: Walked, interfere: Interference) => {
  const { told: _, ...rest } = await walkedAndTold(of, interfere)
  return rest
}

interface Case extends Pick<OneStream, 'stream' | 'action'> {
  readonly when: string
  readonly interfere: Interference
  readonly outcome: string
  readonly writes: Record<string, string>
}

test.each<Case>([
  {
    when: 'everything is well',
    stream: 'phone',
    action: 'book',
    interfere: () => undefined,
    outcome: 'done',
    writes: { hold: 'acknowledged', release: 'acknowledged', book: 'acknowledged' },
  },
  {
    when: 'everything is well at the counter',
    stream: 'counter',
    action: 'accept',
    interfere: () => undefined,
    outcome: 'done',
    writes: { accept: 'acknowledged' },
  },
  {
    when: 'others are always quicker',
    stream: 'phone',
    action: 'book',
    interfere: on(isTransaction, answer(409)),
    outcome: 'lost-race',
    writes: { hold: 'refused' },
  },
  {
    when: 'a stale ifMatch is answered with 412',
    stream: 'phone',
    action: 'book',
    interfere: on(isTransaction, answer(412)),
    outcome: 'lost-race',
    writes: { hold: 'refused' },
  },
  {
    when: 'a business rule refuses the hold',
    stream: 'phone',
    action: 'book',
    interfere: on(isTransaction, answer(422)),
    outcome: 'refused',
    writes: { hold: 'refused' },
  },
  {
    when: 'nothing is free',
    stream: 'phone',
    action: 'book',
    interfere: on((_, url) => url.includes('/Slot?'), answer(200, empty)),
    outcome: 'no-offer',
    writes: {},
  },
  {
    when: 'the citizen is not known',
    stream: 'phone',
    action: 'book',
    interfere: on((_, url) => url.includes('/Patient?'), answer(200, empty)),
    outcome: 'refused',
    writes: {},
  },
  {
    when: 'the appointment to accept is not there',
    stream: 'counter',
    action: 'accept',
    interfere: on(isLookup, answer(200, empty)),
    outcome: 'blocked',
    writes: {},
  },
  {
    when: 'another desk was quicker',
    stream: 'counter',
    action: 'accept',
    interfere: on(isAccept, answer(409)),
    outcome: 'lost-race',
    writes: { accept: 'refused' },
  },
  {
    when: 'the server fails',
    stream: 'counter',
    action: 'accept',
    interfere: on(isAccept, answer(500)),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
  {
    when: 'the server asks for patience',
    stream: 'counter',
    action: 'accept',
    interfere: on(isAccept, answer(429)),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
  {
    when: 'a proxy answers with a page',
    stream: 'counter',
    action: 'accept',
    interfere: on(isAccept, answer(200, '<html>', 'text/html')),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
  {
    when: 'the server hangs',
    stream: 'counter',
    action: 'accept',
    interfere: on(isAccept, 'hang'),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
  {
    when: 'the connection breaks',
    stream: 'counter',
    action: 'accept',
    interfere: on(isAccept, 'reset'),
    outcome: 'failed',
    writes: { accept: 'unknown' },
  },
])('when $when $action by $stream ends as it should', async ({ interfere, outcome, writes, ...of }) => {
  expect(await walked(of, interfere)).toEqual({ outcomes: [outcome], writes })
})

const found = (status: string): ReturnType<Interference> =>
  answer(
    200,
    `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Appointment","id":"a","status":"${status}"}}]}`,
  )

test('a hold or booking whose answer is lost is found again by its identifier, and booked', async () => {
  let sent = 0
  const looks = new Map<string, number>()
  const { outcomes, writes } = await walked({ stream: 'phone', action: 'book' }, (method, url) => {
    if (!isLookup(method, url)) return isTransaction(method) && sent++ % 2 === 0 ? 'reset' : undefined
    looks.set(url, (looks.get(url) ?? 0) + 1)
    return found(looks.get(url) === 1 ? 'pending' : 'booked')
  })
  expect(outcomes).toEqual(['done'])
  expect(writes).toMatchObject({ hold: 'acknowledged', book: 'acknowledged' })
})

test('a booking that a search still shows as held is not visible', async () => {
  const { writes } = await walked({ stream: 'web', action: 'book' }, on(isLookup, found('pending')))
  expect(writes['book']).toBe('unseen')
})

test('a batch of which an entry failed has failed', async () => {
  const refused = '{"resourceType":"Bundle","entry":[{"response":{"status":"201"}},{"response":{"status":"422"}}]}'
  for (const stream of ['partner-sync', 'partner-night'] as const) {
    const { outcomes } = await walked({ stream, action: stream }, on(isTransaction, answer(200, refused)))
    expect(outcomes).toEqual(['failed'])
  }
})

test.each<readonly [OneStream['stream'], Action, string, Record<string, string>]>([
  ['phone', 'move', 'done', { move: 'acknowledged' }],
  ['phone', 'cancel', 'done', { cancel: 'acknowledged' }],
  ['phone', 'enquire', 'done', {}],
  ['web', 'pay', 'done', { pay: 'acknowledged' }],
  ['desk', 'book', 'done', { book: 'acknowledged', pay: 'acknowledged' }],
  ['practitioner', 'book', 'done', { book: 'acknowledged' }],
  ['counter', 'take-charge', 'done', { 'take-charge': 'acknowledged' }],
  ['blood-draws', 'walk-in', 'done', { admit: 'acknowledged' }],
  ['partners', 'cancel', 'done', { cancel: 'acknowledged' }],
  ['partner-sync', 'partner-sync', 'done', {}],
  ['partner-night', 'partner-night', 'done', {}],
  ['jobs', 'remind', 'done', {}],
  ['jobs', 'expire-holds', 'done', {}],
])('through %s %s is done and its writes are told', async (stream, action, ...[outcome, writes]) => {
  expect(await walked({ stream, action }, () => undefined)).toEqual({ outcomes: [outcome], writes })
})

test('on the web one citizen in twenty leaves with the slot on hold, by choice', async () => {
  const { outcomes, writes } = await walked({ stream: 'web', action: 'book', rowsPerSecond: 80 }, () => undefined)
  expect(outcomes.toSorted()).toEqual(['declined', 'done'])
  expect(writes).toEqual({ hold: 'acknowledged', book: 'acknowledged' })
})

test('a booking that shows up late, but in time, is not called late', async () => {
  const looks = new Map<string, number>()
  const late: Interference = (method, url) => {
    const seen = (looks.get(url) ?? 0) + 1
    if (isLookup(method, url)) looks.set(url, seen)
    return isLookup(method, url) && seen <= 2 ? answer(200, empty) : undefined
  }
  const { outcomes, writes } = await walked({ stream: 'desk', action: 'book' }, late)
  expect(outcomes).toEqual(['done'])
  expect(writes['book']).toBe('acknowledged')
})

test('a booking that stays out of sight beyond its time is told, and its journey is done all the same', async () => {
  const { outcomes, writes } = await walked({ stream: 'desk', action: 'book' }, on(isLookup, answer(200, empty)))
  expect(outcomes).toEqual(['done'])
  expect(writes['book']).toBe('unseen')
})

test('an area without a free slot widens the search: own authority, Rome, the region', async () => {
  const areas: string[] = []
  const { outcomes } = await walked({ stream: 'practitioner', action: 'book' }, (_, url) => {
    if (!url.includes('/Slot?')) return undefined
    const tags = decodeURIComponent(url).match(/urn:collaudo:area\|\d+/g) ?? []
    areas.push(tags.length === 1 ? 'own' : tags.length === 3 ? 'Rome' : 'region')
    return tags.length > 0 ? answer(200, empty) : undefined
  })
  expect(outcomes).toEqual(['done'])
  expect([...new Set(areas)]).toEqual(['own', 'Rome', 'region'])
})

test('a job gives back what is held beyond its life, and nothing younger', async () => {
  const held = (id: string, created: string) => ({
    resource: {
      resourceType: 'Appointment',
      id,
      created,
      identifier: [{ system: 'urn:collaudo:sid:appointment', value: id }],
      slot: [{ reference: `Slot/of-${id}` }],
      participant: [{ actor: { reference: 'Patient/p1' } }],
    },
  })
  const page = { resourceType: 'Bundle', type: 'searchset' }
  const entry = [held('old', '2020-01-01T00:00:00Z'), held('young', new Date().toISOString())]
  const { outcomes, told } = await walkedAndTold({ stream: 'jobs', action: 'expire-holds' }, (method, url) =>
    isLookup(method, url) ? answer(200, JSON.stringify({ ...page, entry })) : undefined,
  )
  expect(outcomes).toEqual(['done'])
  expect([...new Set(told)]).toEqual(['release intended old', 'release acknowledged old'])
})
