/** Names a slice may give for its day. `weekday` is the mean working day: every weekday factor is 1. */
export const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

/** A date of the Gregorian calendar; month and day from 1. */
export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The date so many days after another; before it, when negative. */
export const daysLater = ({ year, month, day }: CalendarDate, days: number): CalendarDate => {
  const last = monthLength(year, month)
  if (day + days > last) {
    const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 }
    return daysLater({ ...next, day: 1 }, day + days - last - 1)
  }
  if (day + days < 1) {
    const before = month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 }
    return daysLater({ ...before, day: monthLength(before.year, before.month) }, day + days)
  }
  return { year, month, day: day + days }
}

const monthLength = (year: number, month: number): number => {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 31
}

/** Day of the week of a Gregorian date, 0 = Monday (Zeller's congruence). */
export const weekdayOf = (year: number, month: number, day: number): number => {
  const m = month < 3 ? month + 12 : month
  const y = month < 3 ? year - 1 : year
  const zeller =
    (day + Math.floor((13 * (m + 1)) / 5) + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7
  return (zeller + 5) % 7
}

/** Whether it names a day that a slice can be of: a weekday name, `weekday` for the mean working day, or a date YYYY-MM-DD. */
export const isKnownDay = (name: string): boolean => {
  if (name === 'weekday' || dayNames.some((one) => one === name)) return true
  if (!/^\d{4}-\d{2}-\d{2}$/.test(name)) return false
  const [year = 0, month = 0, day = 0] = name.split('-').map(Number)
  return month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month)
}
