import { expect, test } from 'vitest'
import { migrationCutover } from '../../scenarios/migration-cutover.ts'
import { type Walk, walked } from './walked.ts'

const walk = async (more: Partial<Walk> = {}) => {
  const { streams, collected, integrity } = await walked({
    scenario: {
      ...migrationCutover,
      streams: migrationCutover.streams.filter(({ name }) => name !== 'radiologists'),
      warmUpMs: 1000,
    },
    slice: { day: 'monday', from: '10:00', to: '10:30', squeeze: '24s', scale: 'sharing=4,*=1' },
    imageSize: 'small',
    ...more,
  })
  const outcomes = (stream: string) => {
    const rows = streams.find(({ planned }) => planned.name === stream)?.timetable.rows ?? []
    return [...new Set(rows.map((_, row) => collected.rows.state(stream, row)))].toSorted()
  }
  return {
    integrity,
    outcomes,
    rows: (name: string) => streams.find(({ planned }) => planned.name === name)?.timetable.rows ?? [],
  }
}

test('what lay in the old archive, and what came to it until the cutover, is on both sides afterwards, bit for bit', async () => {
  const { integrity, outcomes, rows } = await walk()
  for (const stream of ['modalities', 'sharing', 'trust-movers', 'region-movers', 'catch-up']) {
    expect([stream, outcomes(stream)]).toEqual([stream, ['done']])
    expect(rows(stream).length).toBeGreaterThan(0)
  }
  const stored = rows('modalities').filter(({ dueMs }) => dueMs < 13_000)
  expect(rows('catch-up').map(({ seed }) => seed)).toEqual(stored.map(({ seed }) => seed))
  expect(integrity).toMatchObject({ complete: true, lost: 0, duplicated: 0, corrupted: 0, refused: 0 })
  expect(integrity.verified).toBeGreaterThan(100)
})

test('a study that arrives with another bit is found, and named with both sides', async () => {
  const { integrity } = await walk({ defects: [{ kind: 'corrupt-pixels', shareRatio: 0.02 }] })
  expect(integrity.corrupted).toBeGreaterThan(0)
  expect(integrity.examples.map(({ kind }) => kind)).toContain('corrupted')
  expect(integrity.examples.some(({ expected }) => expected.endsWith('on both sides'))).toBe(true)
})
