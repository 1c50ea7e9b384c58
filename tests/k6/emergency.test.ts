import { expect, test } from 'vitest'
import { emergencyMonth } from '../../scenarios/emergency-month.ts'
import { type Walk, walked } from './walked.ts'

/** A morning of forty regions in eight seconds, by staff who do not pause: a row is one event or several. */
const morning = { day: 'monday', from: '08:00', to: '13:00', squeeze: '8s', scale: '40' }

const walk = async ({ defects = [], meddle }: Pick<Walk, 'defects' | 'meddle'> = {}) => {
  const { streams, collected, ...rest } = await walked({
    scenario: { ...emergencyMonth, warmUpMs: 2000 },
    slice: morning,
    defects,
    ...(meddle && { meddle }),
  })
  const rows = streams[0]?.timetable.rows ?? []
  const boards = (streams[1]?.timetable.rows ?? []).map((_, row) => collected.rows.state('board', row))
  return { ...rest, rows, boards, ending: (row: number) => collected.rows.state('emergency', row) }
}

test('every event of an emergency finds the one before it, and all that was entered is there', async () => {
  const { boards, ending, integrity, measured, rows } = await walk()
  expect(rows.length).toBeGreaterThan(40)
  expect(rows.filter((_, row) => ending(row) !== 'done')).toEqual([])
  expect(integrity).toMatchObject({ complete: true, lost: 0, duplicated: 0, half: 0, corrupted: 0, refused: 0 })
  expect(integrity.verified).toBeGreaterThan(rows.length)
  expect(boards.length).toBeGreaterThan(20)
  expect(boards.filter((ended) => ended !== 'done')).toEqual([])
  expect(measured.steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(['identify', 'register', 'triage', 'chart', 'visit', 'order', 'result', 'report', 'close']),
  )
})

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
  expect(boards.filter((ended) => ended !== 'failed')).toEqual([])
})
