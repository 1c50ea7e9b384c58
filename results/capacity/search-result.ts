import type { Rng } from '../../generators/rng.ts'
import type { Limit, RightSize, Search, Trial } from '../../model/capacity-record.ts'
import type { SystemName } from '../../model/system.ts'
import { byLoad } from './by-load.ts'
import { findBottleneck } from './find-bottleneck.ts'
import { headroomRatio } from './headroom.ts'
import { breakpointOf, gateLimit, kneeLimit, type PerHour } from './limits.ts'
import { rightSize } from './right-size.ts'
import { fitUsl } from './usl.ts'

/** A search that has come to its end. */
export interface EndedSearch {
  readonly ended: Search['ended']
  readonly endedBecause: string
  readonly trials: readonly Trial[]
}

/** What the results of a search are told in. */
export interface Measures {
  readonly perHour: PerHour
  readonly precisionRatio: number
  /** The load that is expected, in parts of the scenario's arrivals at scale 1. */
  readonly forecastLoadRatio: number
  /** Of the intervals. */
  readonly rng: Rng
}

/** Everything that a search says, from its trials. */
export const searchResult = ({ ended, endedBecause, trials }: EndedSearch, measures: Measures): Search => {
  const bottleneck = findBottleneck(trials)
  const reading = { ...measures, bottleneck, endedBecause }
  const system = bottleneck?.system ?? busiest(trials)
  const limit = gateLimit(trials, reading)
  return {
    ended,
    endedBecause,
    trials: [...trials],
    gateLimit: limit,
    knee: kneeLimit(upToBreak(trials), system, reading),
    breakpoint: breakpointOf(trials, reading),
    bottleneck,
    usl: uslOf(trials, system, measures.rng),
    headroom: headroomOf(limit, measures.forecastLoadRatio),
    rightSize: rightSizes(trials, { limit, bottleneck, forecast: measures.forecastLoadRatio }),
  }
}

/** The lowest and the highest that a limit may be; null: not told on that side. */
export const boundsOf = (limit: Limit): { readonly low: number | null; readonly high: number | null } => {
  switch (limit.kind) {
    case 'found':
      return { low: limit.lowLoadRatio, high: limit.highLoadRatio }
    case 'above':
      return { low: limit.loadRatio, high: null }
    case 'below':
      return { low: null, high: limit.loadRatio }
    case 'untold':
      return { low: null, high: null }
  }
}

const headroomOf = (limit: Limit, forecast: number): Search['headroom'] => {
  const { low, high } = boundsOf(limit)
  return {
    lowRatio: low === null ? null : headroomRatio(forecast, low),
    highRatio: high === null ? null : headroomRatio(forecast, high),
  }
}

interface Found {
  readonly limit: Limit
  readonly bottleneck: Search['bottleneck']
  readonly forecast: number
}

/** With the lowest that the limit may be: rather too many processors than too few. */
const rightSizes = (trials: readonly Trial[], { limit, bottleneck, forecast }: Found): RightSize[] => {
  const { low } = boundsOf(limit)
  const highest = byLoad(trials).findLast(({ meetsGates }) => meetsGates === 'yes')
  if (low === null || !highest) return []
  const known = highest.processors.filter(({ vcpus }) => vcpus > 0)
  return known.map((processors) => ({
    ...processors,
    neededVcpus: rightSize({ vcpus: processors.vcpus, limit: low, forecast }),
    isBound: processors.system !== bottleneck?.system,
  }))
}

/** The system with most requests. */
const busiest = ([first]: readonly Trial[]): SystemName | undefined =>
  first?.systems.toSorted((a, b) => b.goodPerSecond - a.goodPerSecond)[0]?.system

/** Loads that say something of a curve: those that were followed, and the first that was not. */
const upToBreak = (trials: readonly Trial[]): readonly Trial[] => {
  const sorted = byLoad(trials).filter(({ followsLoad }) => followsLoad !== 'unknown')
  const broke = sorted.findIndex(({ followsLoad }) => followsLoad === 'no')
  return broke < 0 ? sorted : sorted.slice(0, broke + 1)
}

const uslOf = (trials: readonly Trial[], system: SystemName | undefined, rng: Rng): Search['usl'] => {
  const levels = trials
    .filter(({ followsLoad }) => followsLoad !== 'unknown')
    .flatMap(({ systems }) => systems.filter((one) => one.system === system))
    .filter(({ inFlight, little }) => inFlight > 0 && little.isPlateau)
  const fitted = fitUsl(levels, rng)
  if (fitted.kind === 'untold') return fitted
  return system ? { kind: 'fitted', system, ...fitted.fit } : { kind: 'untold', why: 'no system was asked anything' }
}
