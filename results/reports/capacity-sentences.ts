import type { CapacityRecord, Limit, Search, Trial } from '../../model/capacity-record.ts'
import { boundsOf } from '../capacity/search-result.ts'
import { formatCount, formatMs, formatRatio, formatTimes } from '../format.ts'
import type { Headline } from './headline.ts'

/** One trial in a line. */
export const trialSentence = (trial: Trial): string => {
  const { name, scale, offeredPerSecond, completedPerSecond, tookMs } = trial
  const done = `${completedPerSecond.toFixed(1)} of ${offeredPerSecond.toFixed(1)} journeys/s done`
  return `${name.padEnd(10)}  × ${String(scale).padEnd(6)}  ${outcomeOf(trial).padEnd(16)}  ${done}, ${formatMs(tookMs)}${because(trial)}`
}

/** What a trial came to, in a few words. */
export const outcomeOf = ({ meetsGates, followsLoad, verdict, ended }: Trial): string => {
  if (ended !== 'completed') return ended
  if (meetsGates === 'yes') return 'meets the gates'
  if (meetsGates === 'unknown') return verdict
  return followsLoad === 'no' ? 'falls behind' : 'breaks a gate'
}

const because = ({ reasons, meetsGates, suffering, followsLoad }: Trial): string => {
  if (reasons[0]) return `; ${reasons[0]}`
  if (meetsGates !== 'no' || followsLoad !== 'no') return ''
  return `; no gate broke yet, but the backlog of ${suffering[0] ?? 'a stream'} grew: it would in the end`
}

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

/** `141,000 operations/h, 63,700 bookings/h` */
export const inUnits = (perHour: Readonly<Record<string, number>>): string =>
  Object.entries(perHour)
    .map(([unit, count]) => `${formatCount(Number(count.toPrecision(3)))} ${wordsOf(unit)}/h`)
    .join(', ')

const wordsOf = (unit: string): string => unit.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** A limit in two parts: the load with its interval, and what that is in business units, or why it is not told. Why nothing higher was tried is the search’s to say. */
export const limitCells = (limit: Limit): readonly [load: string, units: string] => {
  switch (limit.kind) {
    case 'found': {
      const { loadRatio, lowLoadRatio, highLoadRatio, perHour } = limit
      const interval = `${formatTimes(lowLoadRatio).replace('× ', '')} to ${formatTimes(highLoadRatio).replace('× ', '')}`
      return [`${formatTimes(loadRatio)} (${interval})`, inUnits(perHour)]
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

/** Why it is so: what breaks first, what is left, and until when. */
export const capacityReasons = (record: CapacityRecord): readonly string[] => {
  const { search, without, forecast, growth } = record
  return [
    ...(search.endedBecause ? [`The search did not go on: ${search.endedBecause}.`] : []),
    ...bottleneckSentences(search),
    headroomSentence(search, `the forecast of ${inUnits(forecast.perHour)}`),
    ...(without ? [withoutSentence(without)] : []),
    ...(growth ? [growthSentence(growth)] : []),
    ...uslSentences(search),
    ...plateauSentences(search),
  ]
}

const bottleneckSentences = ({ bottleneck }: Search): readonly string[] => {
  if (!bottleneck) return []
  const { kind, system, streams, gates } = bottleneck
  const what = gates.length > 0 ? gates.join(', ') : 'the backlog, before any gate'
  const whose = streams.length > 0 ? ` of ${streams.join(', ')}` : ''
  const where = {
    system: `${system}, or what it calls, is what holds them up`,
    actors: 'nobody is free to serve them, while the systems are not slow',
    unknown: 'which system it is cannot be told',
  }[kind]
  return [`First to break: ${what}${whose}; ${where}.`]
}

const headroomSentence = ({ headroom: { lowRatio, highRatio } }: Search, what: string): string => {
  if (lowRatio === null && highRatio === null) return `Headroom above ${what}: not told.`
  if (lowRatio === null) return `Headroom above ${what}: less than ${formatRatio(highRatio ?? 0)}.`
  const interval = highRatio === null ? 'or more' : `to ${formatRatio(highRatio)}`
  return `Headroom above ${what}: ${formatRatio(lowRatio)} ${interval} of the gate limit.`
}

const withoutSentence = ({ component, search }: NonNullable<CapacityRecord['without']>): string => {
  const [load, units] = limitCells(search.gateLimit)
  return `Without ${component}: gate limit ${load}, ${units}. ${headroomSentence(search, 'the forecast')}`
}

const growthSentence = ({
  lowRatio,
  highRatio,
  lowMonths,
  highMonths,
}: NonNullable<CapacityRecord['growth']>): string => {
  const rate = lowRatio === highRatio ? formatRatio(lowRatio) : `${formatRatio(lowRatio)} to ${formatRatio(highRatio)}`
  if (lowMonths === null) return `Growing by ${rate} a year the forecast never reaches the gate limit.`
  const months =
    highMonths === null
      ? `${formatCount(lowMonths)} months or later`
      : `${formatCount(lowMonths)} to ${formatCount(highMonths)} months`
  return `Growing by ${rate} a year the forecast reaches the gate limit in ${months}.`
}

const uslSentences = ({ usl }: Search): readonly string[] => {
  if (usl.kind === 'untold') return [`Scalability law: not fitted, ${usl.why}.`]
  const { system, sigma, kappa, lambdaPerSecond, rSquared, peak } = usl
  const top = peak
    ? `its peak is ${formatCount(peak.goodPerSecond)} requests/s with ${peak.inFlight.toFixed(1)} at a time`
    : 'its peak cannot be told from what was tried'
  return [
    `Scalability law of ${system}: λ ${lambdaPerSecond.value.toFixed(1)}/s, contention σ ${shortly(sigma.value)}, coherency κ ${shortly(kappa.value)}, R² ${rSquared.toFixed(3)}; ${top}.`,
  ]
}

const shortly = (value: number): string => String(Number(value.toPrecision(2)))

const plateauSentences = ({ trials }: Search): readonly string[] => {
  const unsteady = trials.filter(({ little, ended }) => ended === 'completed' && !little.isPlateau)
  if (unsteady.length === 0) return []
  const list = unsteady.map(({ name, little }) => `${name} by ${formatRatio(little.gapRatio)}`).join(', ')
  return [`Little’s law does not hold in ${list}: no steady state, so no use for the scalability law.`]
}
