import { expect, test } from 'vitest'
import type { StepOutcome } from '../../model/outcome.ts'
import { digitalServices } from '../../scenarios/digital-services.ts'
import { hostileTraffic } from '../../scenarios/hostile-traffic.ts'
import type { Meddle } from './proxy.ts'
import { type Walk, walked } from './walked.ts'

const minute = { day: 'monday', from: '10:00', to: '10:30', squeeze: '4s' }

const walk = async (more: Partial<Walk> = {}) => {
  const { streams, collected, integrity, measured } = await walked({
    scenario: { ...digitalServices, warmUpMs: 2000 },
    slice: { ...minute, scale: 'publications=2,citizens=8,televisits=20,home=4' },
    ...more,
  })
  const outcomes = (stream: string) => {
    const rows = streams.find(({ planned }) => planned.name === stream)?.timetable.rows ?? []
    return [...new Set(rows.map((_, row) => collected.rows.state(stream, row)))].toSorted()
  }
  const requests = (wanted: string, outcome: StepOutcome): number =>
    measured.steps.reduce((sum, { step, outcomes: of }) => sum + (step === wanted ? (of[outcome] ?? 0) : 0), 0)
  return { integrity, outcomes, requests }
}

const isDownload = (url: string) => url.includes('/Binary/')

test('documents are published byte for byte, citizens open theirs, televisits are held and devices heard', async () => {
  const { integrity, outcomes } = await walk()
  expect([outcomes('publications'), outcomes('citizens')]).toEqual([['done'], ['done']])
  expect([outcomes('televisits'), outcomes('home')]).toEqual([['done'], ['done']])
  expect(integrity).toMatchObject({ complete: true, lost: 0, half: 0, corrupted: 0, disclosed: 0, refused: 0 })
  expect(integrity.verified).toBeGreaterThan(5)
})

test('another’s document in a list is found and named', async () => {
  const { integrity } = await walk({ defects: [{ kind: 'report-leak', shareRatio: 0.2 }] })
  const [example] = integrity.examples
  expect(integrity.disclosed).toBeGreaterThan(0)
  expect([example?.kind, example?.stream, example?.found]).toEqual([
    'disclosed',
    'citizens',
    expect.stringMatching(/^DocumentReference\/ns-d-citizens-\S+ of Patient\/p1-\d+$/),
  ])
})

test.each<[string, Meddle, string]>([
  [
    'that is cut short',
    ({ method, url, answer }) =>
      method === 'GET' && isDownload(url) ? { answer: answer.subarray(0, answer.length - 1) } : undefined,
    'failed',
  ],
  [
    'that is not there',
    ({ method, url }) => (method === 'GET' && isDownload(url) ? { status: 404 } : undefined),
    'refused',
  ],
  [
    'with other bytes',
    ({ method, url, answer }) =>
      method === 'GET' && isDownload(url)
        ? { answer: Buffer.from(answer.toString().replace('%PDF', '%DOC')) }
        : undefined,
    'failed',
  ],
])('a document %s is no success', async (_, meddle, outcome) => {
  const { outcomes } = await walk({ meddle })
  expect(outcomes('citizens')).toEqual([outcome])
})

test('whoever has no business there is refused, and a door that stands open is found', async () => {
  const hostile = { ...hostileTraffic, warmUpMs: 2000 }
  const closed = await walk({ scenario: hostile })
  expect(closed.outcomes('attackers')).toEqual(expect.arrayContaining(['refused']))
  expect(closed.outcomes('attackers')).not.toContain('done')
  expect([closed.outcomes('citizens'), closed.integrity.disclosed]).toEqual([['done'], 0])
  const open = await walk({ scenario: hostile, defects: [{ kind: 'open-door', shareRatio: 0.3 }] })
  expect(open.outcomes('attackers')).toContain('done')
  expect(open.integrity.examples[0]).toMatchObject({
    kind: 'disclosed',
    stream: 'attackers',
    expected: 'nothing, to nobody',
  })
})

test('a token that has ended lets nobody in, and where it does that is found', async () => {
  // Few, so that each of them comes back after its first token has ended.
  const attackers = hostileTraffic.streams
    .filter(({ channel }) => channel === 'outside')
    .map((stream) => ({ ...stream, pool: { kind: 'staff' as const, people: 4 } }))
  const hostile = { ...hostileTraffic, streams: attackers, warmUpMs: 2000 }
  const walking = { scenario: hostile, slice: { ...minute, scale: '10' }, tokenLifetimeS: 2 }
  const closed = await walk(walking)
  expect(closed.requests('ended-token', 'refused')).toBeGreaterThan(0)
  expect(closed.integrity.disclosed).toBe(0)
  const open = await walk({ ...walking, defects: [{ kind: 'open-door', shareRatio: 0.5 }] })
  expect(open.requests('ended-token', 'ok')).toBeGreaterThan(0)
})
