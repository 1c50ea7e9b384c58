import type { Quantity } from '../model/quantity.ts'

/** Month and day of the holidays that fall on the same date every year, and the first year of a new one. */
export const fixedHolidays: Quantity<readonly (readonly [month: number, day: number, since?: number])[]> = {
  value: [
    [1, 1],
    [1, 6],
    [4, 25],
    [5, 1],
    [6, 2],
    [8, 15],
    [10, 4, 2026],
    [11, 1],
    [12, 8],
    [12, 25],
    [12, 26],
  ],
  unit: 'month, day, since',
  source: 'law 260/1949; 4 October since 2026 (law 151/2025); a day like a Sunday: assumption',
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher), as a day of the year's March: 32 is 1 April. */
const easterInMarch = (year: number): number => {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  return h + l - 7 * m + 22
}

/** Whether a date is a public holiday in Lazio, Easter Monday included. */
export const isHoliday = (year: number, month: number, day: number): boolean => {
  const inMarch = month === 3 ? day : month === 4 ? day + 31 : 0
  return (
    inMarch === easterInMarch(year) + 1 ||
    fixedHolidays.value.some(([m, d, since = 0]) => m === month && d === day && year >= since)
  )
}
