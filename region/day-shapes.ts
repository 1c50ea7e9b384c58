import type { Quantity } from '../model/quantity.ts'
import type { Overdispersion } from './demand.ts'

/** Hours 0..23 from the shares of some hours in the middle of the day. */
const fromHour = (firstHour: number, shares: readonly number[]): readonly number[] => [
  ...Array<number>(firstHour).fill(0),
  ...shares,
  ...Array<number>(24 - firstHour - shares.length).fill(0),
]

const unit = '%'

/** Per cent of the day's arrivals in each hour 0..23. */
export const hours = {
  calls: {
    value: fromHour(7, [5, 12, 14, 13, 11, 9, 7, 7, 7, 6, 4, 3, 2]),
    unit,
    source: 'assumption: 75 % of an 8–16 service before 13 (elbareport.it), early morning on top (jotv.it)',
  },
  web: {
    value: [1, 0.5, 0.3, 0.2, 0.2, 0.3, 1, 3, 6.5, 8.5, 8.5, 8, 6.5, 5.5, 5.5, 5.5, 5.5, 5, 5, 5, 5.5, 6, 4.5, 2.5],
    unit,
    source: 'assumption: morning peak of the calls, second one after dinner',
  },
  surgeries: {
    value: fromHour(7, [8, 16, 15, 13, 11, 8, 5, 6, 6, 5, 4, 2, 1]),
    unit,
    source: 'assumption: surgeries fill from the morning; laboratories open at 7:30',
  },
  bloodDraws: { value: fromHour(7, [35, 40, 25]), unit, source: 'assumption: laboratories draw blood from 7:30 to 10' },
  pharmacies: {
    value: fromHour(8, [5, 10, 13, 12, 9, 3, 2, 4, 10, 13, 11, 8]),
    unit,
    source: 'assumption: opening hours with a break after lunch',
  },
  practitioners: {
    value: fromHour(8, [8, 16, 17, 14, 7, 2, 4, 10, 12, 8, 2]),
    unit,
    source: 'assumption: surgery hours in the morning and in the afternoon',
  },
  /** Peak hour 12.5 %. */
  partners: {
    value: fromHour(7, [6, 11.5, 12.5, 12, 10.5, 8.5, 6, 7.5, 8.5, 7.5, 5.5, 3, 1]),
    unit,
    source: 'assumption: surgeries’ hours, flatter, with 12.5 % in the peak hour',
  },
  working: {
    value: fromHour(7, Array<number>(12).fill(100 / 12)),
    unit,
    source: 'assumption: software in even intervals from 7 to 19',
  },
  even: { value: Array<number>(24).fill(100 / 24), unit, source: 'assumption: at any hour' },
  night: { value: fromHour(2, [50, 50]), unit, source: 'assumption: from 2 to 4, when nobody books' },
  emergency: {
    value: [
      2.2, 1.6, 1.3, 1.1, 1, 1.1, 1.7, 3.2, 6.2, 7.7, 8, 7.5, 6.4, 5.5, 5.3, 5.4, 5.3, 5.1, 5, 4.7, 4.4, 4, 3.4, 2.9,
    ],
    unit,
    source: 'assumption between 46.6 % from 8 to 14, 31 % to 20 and 22.4 % at night (lanazione.it, Viareggio 2024-08)',
  },
  imaging: {
    value: [
      0.5, 0.4, 0.3, 0.3, 0.3, 0.3, 0.5, 4, 10, 13.5, 13, 11.5, 9.5, 7, 6.5, 6.5, 5.5, 3.5, 2.2, 1.5, 1.2, 0.8, 0.7,
      0.5,
    ],
    unit,
    source: 'assumption: the surgeries’ hours, and a twentieth of the day at night for the emergency departments',
  },
  eight: { value: fromHour(8, [100]), unit, source: 'assumption: the agenda opens at 8 and everybody knows' },
} as const satisfies Record<string, Quantity<readonly number[]>>

const weekdayUnit = 'ratio to the mean working day'

/** Factors of Monday to Sunday; those of the working days have mean 1. */
export const weekdays = {
  calls: {
    value: [1.28, 1.06, 0.97, 0.9, 0.79, 0.17, 0.08],
    unit: weekdayUnit,
    source: 'assumption in the order of jotv.it 2020 and lastampa.it 2020; Saturday and Sunday derived from the latter',
  },
  web: {
    value: [1.2, 1.06, 0.98, 0.92, 0.84, 0.45, 0.4],
    unit: weekdayUnit,
    source: 'assumption: the calls’ order, flatter, and open on weekends',
  },
  surgeries: {
    value: [1, 1, 1, 1, 1, 0.3, 0.03],
    unit: weekdayUnit,
    source: 'assumption: follows the agendas’ capacity, which is flat from Monday to Friday',
  },
  shops: {
    value: [1.1, 1, 1, 1, 0.9, 0.5, 0.05],
    unit: weekdayUnit,
    source: 'assumption: Mondays a little busier; Saturdays till lunch, one in twenty open on Sundays',
  },
  emergency: {
    value: [1.1, 1.02, 1, 0.99, 0.99, 0.95, 0.95],
    unit: 'ratio to the mean day',
    source: 'assumption: Mondays on top (BMJ Open 2021-056017, Milan)',
  },
  every: { value: [1, 1, 1, 1, 1, 1, 1], unit: weekdayUnit, source: 'assumption: the same on any day' },
} as const satisfies Record<string, Quantity<readonly number[]>>

/** How much days turn out busier or calmer than expected. */
export const overdispersions = {
  calls: {
    value: { dayCv: 0.08, quarterCv: 0.05, quarterCorrelation: 0.6 },
    unit: 'ratio',
    source: 'assumption: more than Poisson, correlated (Avramidis, Deslauriers, L’Ecuyer 2004; Kim, Whitt 2014)',
  },
  emergency: {
    value: { dayCv: 0.05, quarterCv: 0.03, quarterCorrelation: 0.6 },
    unit: 'ratio',
    source: 'assumption: between 0.55 and 1.37 of the mean day in six years (BMJ Open 2021-056017)',
  },
  booked: {
    value: { dayCv: 0.05, quarterCv: 0.05, quarterCorrelation: 0.6 },
    unit: 'ratio',
    source: 'assumption: booked patients vary less than callers',
  },
  none: {
    value: { dayCv: 0, quarterCv: 0, quarterCorrelation: 0 },
    unit: 'ratio',
    source: 'assumption: given, not drawn',
  },
} as const satisfies Record<string, Quantity<Overdispersion>>

/** Factors of January to December on emergency accesses. */
export const emergencyMonths: Quantity<readonly number[]> = {
  value: [1.03, 1, 1, 1, 1, 1, 1.03, 0.95, 1, 1, 1, 1.02],
  unit: 'ratio to the mean month',
  source: 'assumption: influenza, heat, August empty',
}

/** Factors of a public holiday, and of the days beside one, on emergency accesses. */
export const emergencyHolidays = {
  value: { on: 0.92, beside: 1.04 },
  unit: 'ratio',
  source: 'BMJ Open 2021-056017 (bmjopen.bmj.com): 938 and 1,055 accesses a day against 1,015',
} as const satisfies Quantity<Readonly<Record<string, number>>>
