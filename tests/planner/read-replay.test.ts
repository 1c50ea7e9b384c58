import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { drawPlan } from '../../planner/plan.ts'
import { readReplay } from '../../planner/read-replay.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

const nowUnixMs = Date.UTC(2026, 10, 25)

const replayed = async (...lines: readonly string[]) => {
  const dir = mkdtempSync(join(tmpdir(), 'replay-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'log.csv')
  writeFileSync(file, lines.join('\n'))
  return readReplay(file, recupDay, nowUnixMs)
}

const header = 'timestamp,stream,action,id'
const good = [
  header,
  '2026-11-23T09:00:00.000+01:00,web,book,1',
  '2026-11-23T09:00:01.250+01:00,phone,,2',
  '2026-11-23T09:00:01.250+01:00,phone,,3',
  '2026-11-23T08:00:20Z,partners,cancel,4',
  `${Date.UTC(2026, 10, 23, 8, 0, 30)},web,,5`,
]

describe('a replay', () => {
  test('becomes rows at its own times, and nobody else comes', async () => {
    const replay = await replayed(...good)
    expect(replay.slice).toMatchObject({ day: '2026-11-23', fromMs: 32_400_000, toMs: 32_430_001 })
    const { streams, plan } = drawPlan({ scenario: recupDay, ...replay, replay, seed: 1, fiscalCodes: 'marked' })
    const rows = streams.flatMap(({ planned, timetable }) =>
      timetable.rows.map(({ dueMs, journey, step }) => [planned.name, dueMs - recupDay.warmUpMs, journey, step]),
    )
    expect(rows).toEqual([
      ['phone', 1250, expect.any(String), expect.any(String)],
      ['phone', 1250, expect.any(String), expect.any(String)],
      ['web', 0, 'book', 'identify'],
      ['web', 30_000, expect.any(String), expect.any(String)],
      ['partners', 20_000, 'cancel', 'lookup'],
    ])
    expect(plan.slice.replay).toEqual({ rows: 5, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(plan.totals['operations']?.expected).toBe(plan.totals['operations']?.drawn)
  })

  test('gives another plan when the file is another', async () => {
    const fingerprint = async (...lines: readonly string[]) => {
      const replay = await replayed(...lines)
      return drawPlan({ scenario: recupDay, ...replay, replay, seed: 1, fiscalCodes: 'marked' }).plan.fingerprint
    }
    expect(await fingerprint(...good)).toBe(await fingerprint(...good))
    expect(await fingerprint(...good)).not.toBe(await fingerprint(...good.slice(0, -1)))
  })

  test('wants no more actors for a log to the minute than for one to the millisecond', async () => {
    const line = (minute: number, id: number) =>
      `${new Date(Date.UTC(2026, 10, 23, 8, minute)).toISOString().slice(0, 16)}Z,web,,${id}`
    const lines = Array.from({ length: 31 }, (_, minute) =>
      Array.from({ length: 20 }, (_of, n) => line(minute, minute * 20 + n)),
    )
    const replay = await replayed(header, ...lines.flat())
    const { plan } = drawPlan({ scenario: recupDay, ...replay, replay, seed: 1, fiscalCodes: 'marked' })
    const web = plan.streams.find(({ name }) => name === 'web')
    expect(web?.drawn).toBe(620)
    // 20 a minute, each for about two minutes if every step hangs.
    expect(web?.pool).toBeLessThan(120)
  })

  test('keeps every arrival of the day on which clocks go back', async () => {
    const replay = await replayed(header, '2026-10-25T02:30:00+02:00,web,,1', '2026-10-25T23:59:00+01:00,web,,2')
    const { streams, plan } = drawPlan({ scenario: recupDay, ...replay, replay, seed: 1, fiscalCodes: 'marked' })
    const web = streams.find(({ planned }) => planned.name === 'web')
    expect(web?.timetable.rows).toHaveLength(2)
    expect(Math.max(...(web?.timetable.rows.map(({ dueMs }) => dueMs) ?? []))).toBeLessThan(plan.durationMs)
  })

  test('passes over a byte order mark, quotes, blank lines and columns of its own', async () => {
    const { arrivals } = await replayed(
      '\uFEFF"stream","path","timestamp"',
      '',
      'web,"/a,b",2026-11-23T09:00:00+01:00',
      '',
    )
    expect([...arrivals]).toEqual([['web', [{ atMs: 0, action: undefined }]]])
  })

  test.each([
    [
      'an unparsable instant',
      '23/11/2026 09:00,web,,9',
      'line 7: expected a timestamp such as .*, got 23/11/2026 09:00',
    ],
    ['an instant without an offset', '2026-11-23T09:01:00,web,,9', 'line 7: expected a timestamp such as'],
    ['no instant', ',web,,9', 'line 7: expected a timestamp such as .*, got nothing'],
    ['an instant to come', '2026-11-25T09:00:00+01:00,web,,9', 'line 7: expected an instant that is past'],
    ['another day', '2026-11-24T09:00:00+01:00,web,,9', 'line 7: expected the day of the first line'],
    ['an earlier instant', '2026-11-23T09:00:29+01:00,web,,9', 'line 7: expected no earlier instant than in line 6'],
    ['the same line again', good[5] ?? '', 'line 7: expected another arrival than in line 6'],
    [
      'no stream of the scenario',
      '2026-11-23T09:01:00+01:00,fax,,9',
      'line 7: expected a stream of phone, web, .*, got fax',
    ],
    [
      'no action of the stream',
      '2026-11-23T09:01:00+01:00,web,accept,9',
      'line 7: expected an action of web .*, got accept',
    ],
  ])('names %s', async (_, line, message) => {
    await expect(replayed(...good, line)).rejects.toMatchObject({
      kind: 'usage',
      message: expect.stringMatching(message),
    })
  })

  test('names all problems at once, the first ten of many, in the order of the lines', async () => {
    const bad = Array.from({ length: 12 }, (_, index) => `nonsense ${index},web,,`)
    const error = await replayed(header, '2027-01-01T00:00:00Z,web,,', ...bad).catch((caught) => caught)
    expect(error.message.split('\n')).toHaveLength(12)
    expect(error.message).toMatch(/line 2: expected an instant that is past[\s\S]*line 3: [\s\S]*and 3 more$/)
  })

  test.each([
    ['a missing column', ['time,stream', '1,web'], 'line 1: expected a column timestamp, got time, stream'],
    ['an empty file', [''], 'expected at least one arrival'],
    ['an open quote', [header, '"2026'], 'expected CSV'],
  ])('names %s', async (_, lines, message) => {
    await expect(replayed(...lines)).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining(message) })
  })

  test('names a file that is not there', async () => {
    await expect(readReplay('no-such.csv', recupDay, nowUnixMs)).rejects.toMatchObject({ kind: 'usage' })
  })
})
