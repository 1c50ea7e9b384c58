import { expect, test } from 'vitest'
import { busiestPerSecond } from '../../planner/following-timetable.ts'

const every = (ms: number, count: number, fromMs = 0) =>
  Array.from({ length: count }, (_, index) => ({ dueMs: fromMs + index * ms }))

test.each([
  ['nobody', [], 0],
  ['a single row', every(1, 1), 1],
  ['ten a second for two minutes', every(100, 1200), 10],
  ['ten a second for five seconds and nothing else', every(100, 51), 10],
  [
    'a busy minute in a quiet hour',
    [...every(60_000, 30), ...every(500, 120, 1_800_000), ...every(60_000, 30, 1_860_000)],
    2,
  ],
])('of %s the rate of the busiest minute is told', (_, rows, perSecond) => {
  expect(busiestPerSecond(rows)).toBeCloseTo(perSecond, 6)
})
