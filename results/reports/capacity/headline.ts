import type { CapacityRecord, Limit } from '../../../model/capacity-record.ts'
import { boundsOf } from '../../capacity/search-result.ts'
import { formatTimes } from '../../format.ts'
import type { Headline } from '../headline.ts'
import { inUnits } from './limit-in-words.ts'

/** The verdict in one word and one plain sentence. */
export const capacityHeadline = (record: CapacityRecord): Headline => {
  const { search, without, verdict, forecast } = record
  const word = verdict.toUpperCase()
  const weak = without && verdict !== 'pass' && carries(search.gateLimit, forecast.loadRatio) ? without : undefined
  const { gateLimit, endedBecause } = weak?.search ?? search
  const where = weak ? `without ${weak.component}: ` : ''
  switch (verdict) {
    case 'pass':
      return { word, sentence: `carries the forecast ${timesOf(gateLimit, forecast.loadRatio)}: ${unitsOf(gateLimit)}` }
    case 'fail':
      return { word, sentence: `${where}does not carry the forecast of ${inUnits(forecast.perHour)}` }
    case 'inconclusive':
    case 'invalid': {
      const why = endedBecause || ('why' in gateLimit ? gateLimit.why : 'it lies within the precision of the limit')
      return { word, sentence: `${where}nobody can tell whether the forecast is carried: ${why}` }
    }
  }
}

const carries = (limit: Limit, loadRatio: number): boolean => (boundsOf(limit).low ?? 0) >= loadRatio

const timesOf = (limit: Limit, forecast: number): string => {
  const times = formatTimes((boundsOf(limit).low ?? 0) / forecast).replace('× ', '')
  return limit.kind === 'above' ? `more than ${times} times` : `${times} times`
}

const unitsOf = (limit: Limit): string => ('perHour' in limit ? inUnits(limit.perHour) : '')
