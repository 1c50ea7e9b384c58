import { parseComponent } from '../model/component.ts'
import { Failure } from '../model/failure.ts'
import { isImageSystem } from '../model/system.ts'
import type { Growth } from '../results/capacity/months-to-limit.ts'
import type { LostReplica } from '../runner/capacity.ts'
import { durationOf } from './parse-options.ts'

/** Options of a search as typed. */
export interface TypedSearch {
  readonly fromScale: string
  readonly maxScale: string
  readonly precision: string
  readonly within: string
  readonly forecast: string
  readonly growth?: string
  readonly without?: string
}

/** The same as read. */
export interface SearchOptions {
  readonly bounds: { readonly fromScale: number; readonly maxScale: number; readonly precisionRatio: number }
  readonly withinMs: number
  readonly forecastLoadRatio: number
  readonly growth: Growth | undefined
  readonly without: LostReplica | undefined
}

/** Reads the options of a search. Throws a usage Failure with every problem. */
export const parseSearch = (typed: TypedSearch): SearchOptions => {
  const problems: string[] = []
  const take = <T>(read: T | string): T | undefined => {
    if (typeof read !== 'string') return read
    problems.push(read)
    return undefined
  }
  const fromScale = take(factorOf('--from-scale', typed.fromScale))
  const maxScale = take(factorOf('--max-scale', typed.maxScale))
  const precisionRatio = take(precisionOf(typed.precision))
  const withinMs = take(durationOf('--within', typed.within))
  const forecastLoadRatio = take(factorOf('--forecast', typed.forecast))
  const growth = typed.growth === undefined ? undefined : take(growthOf(typed.growth))
  const without = typed.without === undefined ? undefined : take(replicaOf(typed.without))
  if (fromScale && maxScale && maxScale < fromScale) {
    problems.push(`--max-scale: expected at least --from-scale ${typed.fromScale}, got ${typed.maxScale}`)
  }
  if (problems.length > 0 || !fromScale || !maxScale || !precisionRatio || !withinMs || !forecastLoadRatio) {
    throw new Failure('usage', problems.join('\n'), 'collaudo capacity --help shows the options')
  }
  return { bounds: { fromScale, maxScale, precisionRatio }, withinMs, forecastLoadRatio, growth, without }
}

const factorOf = (option: string, text: string): number | string => {
  const factor = Number(text)
  return text !== '' && factor > 0 && Number.isFinite(factor) ? factor : `${option}: expected a factor > 0, got ${text}`
}

/** Narrower than trials can tell from each other, and wider than anybody can plan with. */
const narrowest = 0.005
const widest = 0.5

const precisionOf = (text: string): number | string => {
  const ratio = /^\d+(?:\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) / 100 : Number.NaN
  return ratio >= narrowest && ratio <= widest
    ? ratio
    : `--precision: expected per cent from ${100 * narrowest}% to ${100 * widest}%, got ${text}`
}

/** `3%/year` or `2%..5%/year`; the year may be left out. */
const growthOf = (text: string): Growth | string => {
  const [, low, high = low] = /^(-?\d+(?:\.\d+)?)%(?:\.\.(-?\d+(?:\.\d+)?)%)?(?:\/year)?$/.exec(text) ?? []
  const [lowRatio, highRatio] = [Number(low) / 100, Number(high) / 100]
  const isGrowth = low !== undefined && lowRatio > -1 && lowRatio <= highRatio
  return isGrowth ? { lowRatio, highRatio } : `--growth: expected 3%/year or 2%..5%/year, got ${text}`
}

/** `recup#2`: of two. */
const replicaOf = (text: string): LostReplica | string => {
  const component = parseComponent(text)
  const isReplica = component?.kind === 'replica' && component.index > 1 && component.index <= 9
  if (!isReplica || component.system === 'identity' || isImageSystem(component.system)) {
    return `--without: expected the last replica of a FHIR system, from two to nine of them, as in recup#2; got ${text}`
  }
  return { system: component.system, index: component.index }
}
