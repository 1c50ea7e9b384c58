import { expect, test } from 'vitest'
import { calendarDay, dayFactor } from '../../region/day-factor.ts'
import { demands } from '../../region/demands.ts'

const demand = (name: string) => demands[name] ?? expect.fail(name)
const factor = (name: string, day: string, later: number) => dayFactor(demand(name), calendarDay(day, later))

test.each([
  ['the mean day is 1, and so is the day after it', ['phone-calls', 'weekday', 1], 1],
  ['a day of the week has its own', ['phone-calls', 'monday', 0], 1.28],
  ['the day after a Sunday is a Monday', ['phone-calls', 'sunday', 1], 1.28],
  ['the day before a Monday is a Sunday', ['phone-calls', 'monday', -1], 0.08],
  ['a date has the one of its weekday', ['phone-calls', '2026-11-24', 0], 1.06],
  ['a holiday is like a Sunday for the booking service', ['phone-calls', '2026-12-08', 0], 0.08],
  [
    'a holiday is a calmer Tuesday for an emergency department',
    ['emergency-accesses', '2026-12-08', 0],
    1.02 * 1.02 * 0.92,
  ],
  ['the day before a holiday is a busier Monday', ['emergency-accesses', '2026-12-07', 0], 1.1 * 1.02 * 1.04],
  ['so is the day after, across the turn of a year', ['emergency-accesses', '2026-12-31', 2], 0.95 * 1.03 * 1.04],
  ['August is empty', ['emergency-accesses', '2026-08-19', 0], 0.95],
] as const)('%s', (_, [name, day, later], expected) => {
  expect(factor(name, day, later)).toBeCloseTo(expected, 9)
})
