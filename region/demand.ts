import type { Quantity } from '../model/quantity.ts'

/** How much busier or calmer days turn out than expected. */
export interface Overdispersion {
  /** Coefficients of variation of the day's and the quarter hours' busyness, and the latter's lag-1 correlation. */
  readonly dayCv: number
  readonly quarterCv: number
  readonly quarterCorrelation: number
}

/** How the year changes the arrivals of a date. */
export interface YearFactors {
  /** January to December. */
  readonly months: Quantity<readonly number[]>
  /** On a public holiday, and on the days before and after it. */
  readonly holidays: Quantity<{ readonly on: number; readonly beside: number }>
}

/** How many arrivals a stream has, and when. */
export interface Demand {
  /** Expected on a day whose factors are 1. */
  readonly arrivalsPerDay: Quantity
  /** Per cent of the day in each hour 0..23; they add up to 100. */
  readonly hourSharesPercent: Quantity<readonly number[]>
  /** Minutes of the day between which arrivals happen. */
  readonly openMinutes: { readonly from: number; readonly to: number }
  /** Monday to Sunday. */
  readonly weekdayFactors: Quantity<readonly number[]>
  /** The days over which the weekday factors have mean 1. */
  readonly meanOver: 'working-days' | 'all-days'
  /** Factors of a date besides its weekday's. Without them a public holiday is like a Sunday. */
  readonly yearFactors?: YearFactors
  readonly overdispersion: Quantity<Overdispersion>
}
