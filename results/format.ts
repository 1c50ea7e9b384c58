import type { GateResult } from '../model/run-record.ts'

const decimals = (most: number) => new Intl.NumberFormat('en', { maximumFractionDigits: most })
const whole = decimals(0)
const one = decimals(1)
const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

/** `12,345` */
export const formatCount = (value: number): string => whole.format(value)

/** `0.42 ms`, `812 ms`, `12.3 s`, `4.2 min` */
export const formatMs = (ms: number): string => {
  if (Math.abs(ms) < 100) return `${significant.format(ms)} ms`
  if (Math.abs(ms) < 10_000) return `${whole.format(ms)} ms`
  return Math.abs(ms) < 120_000 ? `${one.format(ms / 1000)} s` : `${one.format(ms / 60_000)} min`
}

/** A share as per cent: `0.12 %`, `98.7 %` */
export const formatRatio = (ratio: number): string => `${significant.format(ratio * 100)} %`

/** `1.2 MB`, decimal units. */
export const formatBytes = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${one.format(bytes / 1000 ** power)} ${units[power]}`
}

/** A gate's figure in its unit; `nothing` when nothing was observed. */
export const formatObserved = (value: number | null, unit: GateResult['unit']): string => {
  if (value === null) return 'nothing'
  return { ms: formatMs, ratio: formatRatio, count: formatCount }[unit](value)
}

/** `1 slot was`, `3 slots were`: the count with the words for one or for many. */
export const counted = (count: number, one: string, many: string): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`
