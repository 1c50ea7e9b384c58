import type { Quantity } from '../model/quantity.ts'
import { bookingChannelShares, bookingShare, volumes } from './volumes.ts'

/** How many arrivals a stream has, and when. */
export interface Demand {
  /** Expected on a working day whose weekday factor is 1. */
  readonly arrivalsPerDay: Quantity
  /** Per cent of the day in each hour 0..23; they add up to 100. */
  readonly hourSharesPercent: Quantity<readonly number[]>
  /** Minutes of the day between which arrivals happen. */
  readonly openMinutes: { readonly from: number; readonly to: number }
  /** Monday to Sunday. */
  readonly weekdayFactors: Quantity<readonly number[]>
  /** Coefficients of variation of the day's and the quarter hours' busyness, and the latter's lag-1 correlation. */
  readonly overdispersion: Quantity<{
    readonly dayCv: number
    readonly quarterCv: number
    readonly quarterCorrelation: number
  }>
}

const own = volumes.ownOperationsPerDay.value
const bookings = own * bookingShare.value

const callOverdispersion = {
  value: { dayCv: 0.08, quarterCv: 0.05, quarterCorrelation: 0.6 },
  unit: 'ratio',
  source: 'assumption: more than Poisson, correlated (Avramidis, Deslauriers, L’Ecuyer 2004; Kim, Whitt 2014)',
} as const

const callWeekdays = {
  value: [1.28, 1.06, 0.97, 0.9, 0.79, 0.17, 0.08],
  unit: 'ratio to the mean working day',
  source: 'assumption in the order of jotv.it 2020 and lastampa.it 2020; Saturday and Sunday derived from the latter',
} as const

/** Hours 0..23 from the shares of some hours in the middle of the day. */
const fromHour = (firstHour: number, shares: readonly number[]): readonly number[] => [
  ...Array<number>(firstHour).fill(0),
  ...shares,
  ...Array<number>(24 - firstHour - shares.length).fill(0),
]

/** The region's demands, by name. */
export const demands: Readonly<Record<string, Demand>> = {
  'phone-bookings': {
    arrivalsPerDay: {
      value: bookings * bookingChannelShares.value.phone,
      unit: 'calls that lead to a booking attempt',
      source: 'volumes.ownOperationsPerDay × bookingShare × bookingChannelShares.phone',
    },
    hourSharesPercent: {
      value: fromHour(7, [5, 12, 14, 13, 11, 9, 7, 7, 7, 6, 4, 3, 2]),
      unit: '%',
      source: 'assumption: 75 % of an 8–16 service before 13 (elbareport.it), early morning on top (jotv.it)',
    },
    openMinutes: { from: 7 * 60 + 30, to: 19 * 60 + 30 },
    weekdayFactors: callWeekdays,
    overdispersion: callOverdispersion,
  },
  'web-bookings': {
    arrivalsPerDay: {
      value: bookings * bookingChannelShares.value.web,
      unit: 'visits that lead to a booking attempt',
      source: 'volumes.ownOperationsPerDay × bookingShare × bookingChannelShares.web',
    },
    hourSharesPercent: {
      value: [1, 0.5, 0.3, 0.2, 0.2, 0.3, 1, 3, 6.5, 8.5, 8.5, 8, 6.5, 5.5, 5.5, 5.5, 5.5, 5, 5, 5, 5.5, 6, 4.5, 2.5],
      unit: '%',
      source: 'assumption: morning peak of the calls, second one after dinner',
    },
    openMinutes: { from: 0, to: 24 * 60 },
    weekdayFactors: {
      value: [1.2, 1.06, 0.98, 0.92, 0.84, 0.45, 0.4],
      unit: 'ratio to the mean working day',
      source: 'assumption: the calls’ order, flatter, and open on weekends',
    },
    overdispersion: callOverdispersion,
  },
  'agenda-release': {
    arrivalsPerDay: {
      value: 2000 * 15,
      unit: 'visits that lead to a booking attempt',
      source: 'assumption: 2,000 citizens a minute for a quarter of an hour',
    },
    hourSharesPercent: {
      value: fromHour(8, [100]),
      unit: '%',
      source: 'assumption: the agenda opens at 8 and everybody knows',
    },
    openMinutes: { from: 8 * 60, to: 8 * 60 + 15 },
    weekdayFactors: {
      value: [1, 1, 1, 1, 1, 1, 1],
      unit: 'ratio to the mean working day',
      source: 'assumption: an agenda opens when it is announced, on any day',
    },
    overdispersion: {
      value: { dayCv: 0, quarterCv: 0, quarterCorrelation: 0 },
      unit: 'ratio',
      source: 'assumption: the rush is given, not drawn',
    },
  },
  'counter-acceptances': {
    arrivalsPerDay: {
      value: own * (1 - bookingShare.value),
      unit: 'patients accepted',
      source: 'volumes.ownOperationsPerDay × (1 − bookingShare)',
    },
    hourSharesPercent: {
      value: fromHour(7, [8, 16, 15, 13, 11, 8, 5, 6, 6, 5, 4, 2, 1]),
      unit: '%',
      source: 'assumption: surgeries fill from the morning; laboratories open at 7:30',
    },
    openMinutes: { from: 7 * 60 + 30, to: 20 * 60 },
    weekdayFactors: {
      value: [1, 1, 1, 1, 1, 0.3, 0.03],
      unit: 'ratio to the mean working day',
      source: 'assumption: acceptances follow the agendas’ capacity, which is flat from Monday to Friday',
    },
    overdispersion: {
      value: { dayCv: 0.05, quarterCv: 0.05, quarterCorrelation: 0.6 },
      unit: 'ratio',
      source: 'assumption: booked patients vary less than callers',
    },
  },
}
