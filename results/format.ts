import type { GateResult } from '../model/run-record.ts'

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const one = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const significant = (value: number, digits: number): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: digits }).format(value)

/** `12,345` */
export const formatCount = (value: number): string => whole.format(value)

/** Three significant digits: `0.00123`, `4.56`, `12,300` */
export const formatAmount = (value: number): string => significant(value, 3)

/** `0.42 ms`, `812 ms`, `1.23 s`, `4.2 min` */
export const formatMs = (ms: number): string => msWith(ms, 3)

const msWith = (ms: number, digits: number): string => {
  if (Math.abs(ms) < 1000) return `${significant(ms, digits)} ms`
  return Math.abs(ms) < 120_000 ? `${significant(ms / 1000, digits)} s` : `${significant(ms / 60_000, digits)} min`
}

/** A share as per cent: `0.12 %`, `98.7 %` */
export const formatRatio = (ratio: number): string => ratioWith(ratio, 3)

/** A share by queueing theory, which gives a little of everything: to a hundredth of a per cent. */
export const formatExpectedRatio = (ratio: number): string => formatRatio(Math.round(ratio * 10_000) / 10_000)

const ratioWith = (ratio: number, digits: number): string => `${significant(ratio * 100, digits)} %`

/** `1.2 MB`, decimal units. */
export const formatBytes = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${one.format(bytes / 1000 ** power)} ${units[power]}`
}

type Unit = GateResult['unit']

/** A gate's limit in its unit. */
export const formatLimit = ({ limit, unit }: Pick<GateResult, 'limit' | 'unit'>): string => inUnit(limit, unit, 3)

/** What a gate observed, with as many digits as tell it from the limit; `nothing` when nothing was observed. */
export const formatObserved = ({ observed, limit, unit }: Pick<GateResult, 'observed' | 'limit' | 'unit'>): string => {
  if (observed === null) return 'nothing'
  const digits = [3, 4, 5, 6].find(
    (most) => observed === limit || inUnit(observed, unit, most) !== inUnit(limit, unit, most),
  )
  return inUnit(observed, unit, digits ?? 9)
}

/** `× 2.35` */
export const formatTimes = (times: number): string => `× ${significant(times, 3)}`

const inUnit = (value: number, unit: Unit, digits: number): string => {
  if (unit === 'times') return `× ${significant(value, digits)}`
  if (unit === 'per-hour') return `${formatCount(value)}/h`
  if (unit === 'value') return Math.abs(value) >= 1e300 ? '∞' : significant(value, digits)
  if (unit === 'count' || unit === 'journeys') return formatCount(value)
  return unit === 'ms' ? msWith(value, digits) : ratioWith(value, digits)
}

/** `1 slot was`, `3 slots were`: the count with the words for one or for many. */
export const counted = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
