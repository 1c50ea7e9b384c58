import { expect, test } from 'vitest'
import { emergencyBacklog } from '../../scenarios/emergency-backlog.ts'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'
import { type Walk, walked } from './walked.ts'

/** A morning of forty regions in eight seconds, by staff who do not pause: a row is one event or several. */
const morning = { day: 'monday', from: '08:00', to: '13:00', squeeze: '8s', scale: '40' }

/** Slow enough that an access has rows of its own after the outage: a lot of them wait for the one before. */
const outage = { ...morning, to: '10:00', squeeze: '20s', scale: '100' }

const walk = async ({ defects = [], meddle, scenario = emergencyMonth, slice = morning }: Partial<Walk> = {}) => {
  const { streams, collected, ...rest } = await walked({
    scenario: { ...scenario, warmUpMs: 2000 },
    slice,
    imageSize: 'small',
    defects,
    ...(meddle && { meddle }),
  })
  const rows = streams[0]?.timetable.rows ?? []
  const board = streams.find(({ planned }) => planned.name === 'board')
  const boards = (board?.timetable.rows ?? []).map((_, row) => collected.rows.state('board', row))
  return { ...rest, rows, boards, ending: (row: number) => collected.rows.state('emergency', row) }
}

test.each([
  ['as it comes', { scenario: emergencyMonth, slice: morning, leastLaterRows: 0 }],
  ['from paper, after an outage', { scenario: emergencyBacklog, slice: outage, leastLaterRows: 40 }],
])(
  'every event of an emergency finds the one before it, and all that was entered is there: %s',
  async (_, { leastLaterRows, ...walking }) => {
    const { boards, ending, integrity, measured, rows } = await walk(walking)
    expect(rows.length).toBeGreaterThan(40)
    expect(rows.length - new Set(rows.map(({ subject }) => subject)).size).toBeGreaterThan(leastLaterRows)
    expect(rows.filter((_, row) => ending(row) !== 'done')).toEqual([])
    expect(integrity).toMatchObject({ complete: true, lost: 0, duplicated: 0, half: 0, corrupted: 0, refused: 0 })
    expect(integrity.verified).toBeGreaterThan(rows.length)
    expect(boards.length).toBeGreaterThan(20)
    expect(boards.filter((ended) => ended !== 'done')).toEqual([])
    expect(measured.steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining([
        'identify',
        'register',
        'triage',
        'chart',
        'visit',
        'order',
        'result',
        'report',
        'close',
      ]),
    )
  },
)

test('orders that are lost, encounters made twice and results out of order are found and named', async () => {
  const kinds = ['lost-order', 'duplicate-encounter', 'out-of-order-result'] as const
  const { ending, integrity, rows } = await walk({ defects: kinds.map((kind) => ({ kind, shareRatio: 0.1 })) })
  const found = integrity.examples.map(({ kind, identifier }) => `${kind} ${identifier.split('.').at(3)}`)
  expect(found).toEqual(expect.arrayContaining(['lost order', 'duplicated register', 'corrupted result']))
  // The results of an order that is not there have nothing to be entered to.
  const blocked = rows.filter((_, row) => ending(row) === 'blocked')
  expect(blocked.length).toBeGreaterThan(0)
  expect(blocked.every(({ step }) => step.includes('result'))).toBe(true)
})

test.each([
  ['lacks a department', (answer: string) => answer.replace(/"total":\d+,/, '')],
  [
    'shows a patient',
    (answer: string) => answer.replace(/"total":\d+,/, '$&"entry":[{"resource":{"resourceType":"Encounter"}}],'),
  ],
])('a board that %s is none', async (_, spoil) => {
  const { boards } = await walk({
    meddle: ({ body, answer }) =>
      body.includes('_summary=count') ? { answer: Buffer.from(spoil(answer.toString())) } : undefined,
  })
  expect(boards.length).toBeGreaterThan(2)
  expect(boards.filter((ended) => ended !== 'failed')).toEqual([])
})

test('the hospital that a patient is brought to takes them over, and finds all images that were taken in the first one', async () => {
  const { collected, integrity, measured, streams } = await walked({
    scenario: { ...emergencyMonth, streams: emergencyMonth.streams.slice(0, 3), warmUpMs: 2000 },
    slice: { ...morning, squeeze: '28s', scale: '400' },
    imageSize: 'small',
  })
  const endings = (stream: number) => {
    const { planned, timetable } = streams[stream] ?? expect.fail('no stream')
    return timetable.rows.map((_, row) => collected.rows.state(planned.name, row))
  }
  expect([endings(1).length > 20, endings(2).length > 3]).toEqual([true, true])
  expect([...endings(1), ...endings(2)].filter((ended) => ended !== 'done')).toEqual([])
  expect(measured.steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(['take-over', 'leave', 'find', 'images']),
  )
  expect(integrity).toMatchObject({ complete: true, lost: 0, corrupted: 0, duplicated: 0 })
})
