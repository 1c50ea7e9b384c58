import type { Quantity } from '../model/quantity.ts'

/** How much busier or calmer days turn out than expected. */
export interface Overdispersion {
  /** Coefficients of variation of the day's and the quarter hours' busyness, and the latter's lag-1 correlation. */
  readonly dayCv: number
  readonly quarterCv: number
  readonly quarterCorrelation: number
}

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
  readonly overdispersion: Quantity<Overdispersion>
}
