import { type CalendarDate, dayNames, daysLater, weekdayOf } from './calendar.ts'
import type { Demand } from './demand.ts'
import { isHoliday } from './holidays.ts'

/** A day of the calendar: a mean one, whose factors are all 1; a day of the week, 0 for Monday; or a date. */
export type CalendarDay =
  | { readonly kind: 'mean' }
  | { readonly kind: 'weekday'; readonly index: number }
  | { readonly kind: 'date'; readonly date: CalendarDate }

/** The day so many days after the one that a slice names: `weekday`, a day of the week, or YYYY-MM-DD. */
export const calendarDay = (named: string, later: number): CalendarDay => {
  if (named === 'weekday') return { kind: 'mean' }
  const index = dayNames.map(String).indexOf(named)
  if (index >= 0) return { kind: 'weekday', index: (((index + later) % 7) + 7) % 7 }
  const [year = 0, month = 1, day = 1] = named.split('-').map(Number)
  return { kind: 'date', date: daysLater({ year, month, day }, later) }
}

/** Factor of a day on a demand. */
export const dayFactor = (demand: Demand, day: CalendarDay): number => {
  switch (day.kind) {
    case 'mean':
      return 1
    case 'weekday':
      return demand.weekdayFactors.value[day.index] ?? 1
    case 'date':
      return dateFactor(demand, day.date)
  }
}

const sunday = 6

const dateFactor = ({ weekdayFactors, yearFactors }: Demand, date: CalendarDate): number => {
  const ofWeekday = (index: number) => weekdayFactors.value[index] ?? 1
  if (!yearFactors) return ofWeekday(isHolidayOn(date) ? sunday : indexOf(date))
  const { on, beside } = yearFactors.holidays.value
  const isBeside = isHolidayOn(daysLater(date, -1)) || isHolidayOn(daysLater(date, 1))
  const month = yearFactors.months.value[date.month - 1] ?? 1
  return ofWeekday(indexOf(date)) * month * (isHolidayOn(date) ? on : isBeside ? beside : 1)
}

const indexOf = ({ year, month, day }: CalendarDate): number => weekdayOf(year, month, day)
const isHolidayOn = ({ year, month, day }: CalendarDate): boolean => isHoliday(year, month, day)
