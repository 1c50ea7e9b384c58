import type { Limit, Search } from '../../../model/capacity-record.ts'
import { formatCount, formatTimes } from '../../format.ts'

/** `141,000 operations/h, 63,700 bookings/h`; with an interval, in parts of each: `141,000 (139,000 to 144,000) operations/h`. */
export const inUnits = (
  perHour: Readonly<Record<string, number>>,
  interval?: { readonly low: number; readonly high: number },
): string => {
  const between = (count: number) =>
    interval ? ` (${rounded(count * interval.low)} to ${rounded(count * interval.high)})` : ''
  return Object.entries(perHour)
    .map(([unit, count]) => `${rounded(count)}${between(count)} ${wordsOf(unit)}/h`)
    .join(', ')
}

const rounded = (count: number): string => formatCount(Number(count.toPrecision(3)))

const wordsOf = (unit: string): string => unit.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** A limit in two parts: the load with its interval, and what that is in business units, or why it is not told. Why nothing higher was tried is the search’s to say. */
export const limitCells = (limit: Limit): readonly [load: string, units: string] => {
  switch (limit.kind) {
    case 'found': {
      const { loadRatio, lowLoadRatio, highLoadRatio, perHour } = limit
      const interval = `${formatTimes(lowLoadRatio).replace('× ', '')} to ${formatTimes(highLoadRatio).replace('× ', '')}`
      const low = lowLoadRatio / loadRatio
      return [`${formatTimes(loadRatio)} (${interval})`, inUnits(perHour, { low, high: highLoadRatio / loadRatio })]
    }
    case 'above':
      return [`above ${formatTimes(limit.loadRatio)}`, inUnits(limit.perHour)]
    case 'below':
      return [`below ${formatTimes(limit.loadRatio)}`, `${inUnits(limit.perHour)}; ${limit.why}`]
    case 'untold':
      return ['not told', limit.why]
  }
}

/** The three limits with their names. */
export const limitRows = ({ gateLimit, knee, breakpoint }: Search): readonly (readonly [name: string, Limit])[] => [
  ['gate limit', gateLimit],
  ['knee', knee],
  ['breakpoint', breakpoint],
]
