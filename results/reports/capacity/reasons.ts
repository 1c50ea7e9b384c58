import type { CapacityRecord, Search } from '../../../model/capacity-record.ts'
import { formatCount, formatRatio } from '../../format.ts'
import { inUnits, limitCells } from './limit-in-words.ts'
import { rightSizeSentences } from './right-size-sentences.ts'

/** Why it is so: what breaks first, what is left, and until when. */
export const capacityReasons = (record: CapacityRecord): readonly string[] => {
  const { search, without, forecast, growth } = record
  return [
    ...(search.endedBecause ? [`The search did not go on: ${search.endedBecause}.`] : []),
    ...bottleneckSentences(search),
    headroomSentence(search, `the forecast of ${inUnits(forecast.perHour)}`),
    ...(without ? [withoutSentence(without)] : []),
    ...(growth ? [growthSentence(growth)] : []),
    ...rightSizeSentences(search),
    ...uslSentences(search),
    ...plateauSentences(search),
  ]
}

const bottleneckSentences = ({ bottleneck }: Search): readonly string[] => {
  if (!bottleneck) return []
  const { kind, system, streams, gates } = bottleneck
  const whose = streams.length > 0 ? ` of ${streams.join(', ')}` : ''
  const what = gates.length > 0 ? `${gates.join(', ')}${whose}` : `no gate yet, but the backlog${whose} grows`
  const where = {
    system: `${system}, or what it calls, is what holds them up`,
    actors: 'nobody is free to serve them, while the systems are not slow',
    unknown: 'which system it is cannot be told',
  }[kind]
  return [`First to break: ${what}; ${where}.`]
}

const headroomSentence = ({ headroom: { lowRatio, highRatio } }: Search, what: string): string => {
  if (lowRatio === null && highRatio === null) return `Headroom above ${what}: not told.`
  if (lowRatio === null) return `Headroom above ${what}: less than ${formatRatio(highRatio ?? 0)}.`
  const [low, high] = [formatRatio(lowRatio), highRatio === null ? null : formatRatio(highRatio)]
  const interval = high === null ? `${low} or more` : low === high ? low : `${low} to ${high}`
  return `Headroom above ${what}: ${interval} of the gate limit.`
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
  const unsteady = trials
    .filter(({ ended }) => ended === 'completed')
    .flatMap(({ name, systems }) =>
      systems.flatMap(({ system, little }) => (little.isPlateau ? [] : { name, system, ...little })),
    )
  if (unsteady.length === 0) return []
  const list = unsteady
    .map(({ name, system, gapRatio }) => `${system} in ${name} by ${formatRatio(gapRatio)}`)
    .join(', ')
  return [`Little’s law does not hold for ${list}: no steady state, so no use for the scalability law.`]
}
