import type { Quantity } from '../model/quantity.ts'
import table from './services.json' with { type: 'json' }

/** A bookable service: code of the outpatient tariff and an English name. */
export interface Service {
  readonly code: string
  readonly name: string
}

/** Most asked for first: its place in the list is its rank. */
export const services: Quantity<readonly Service[]> = {
  value: table.map(([code = '', name = '']) => ({ code, name })),
  unit: 'services',
  source: 'codes of DM 22/7/1996; order of popularity: assumption',
}

/** Popularity of the service of rank r is proportional to r^-exponent. */
export const popularityExponent: Quantity = {
  value: 1.1,
  unit: '1',
  source: 'assumption: 10 % of services take about 60 % of searches',
}
