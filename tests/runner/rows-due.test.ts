import { expect, test } from 'vitest'
import { drawPlan } from '../../planner/plan.ts'
import { rowsDue } from '../../runner/rows-due.ts'
import { recupDay } from '../../scenarios/recup-day.ts'

test('counts the rows of all streams that are due by an instant', () => {
  const slice = { day: 'monday', fromMs: 32_400_000, toMs: 32_460_000, fullVolume: false, scale: {} }
  const drawn = drawPlan({ scenario: recupDay, slice, seed: 1, fiscalCodes: 'marked' })
  const dues = drawn.streams.flatMap(({ timetable }) => timetable.rows.map(({ dueMs }) => dueMs))
  const dueBy = rowsDue(drawn)
  for (const atMs of [-1, 0, 12_345, 60_000, 1e9])
    expect(dueBy(atMs)).toBe(dues.filter((dueMs) => dueMs <= atMs).length)
})
