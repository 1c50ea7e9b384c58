import { expect, test } from 'vitest'
import { isHoliday } from '../../region/holidays.ts'

test.each([
  [2026, 1, 1],
  [2026, 4, 6],
  [2025, 4, 21],
  [2024, 4, 1],
  [2027, 3, 29],
  [2026, 10, 4],
  [2026, 12, 8],
])('%i-%i-%i is a public holiday', (year, month, day) => {
  expect(isHoliday(year, month, day)).toBe(true)
})

test.each([
  [2026, 4, 7],
  [2026, 3, 30],
  [2026, 11, 25],
  [2026, 8, 14],
  [2024, 10, 4],
])('%i-%i-%i is a working day', (year, month, day) => {
  expect(isHoliday(year, month, day)).toBe(false)
})
