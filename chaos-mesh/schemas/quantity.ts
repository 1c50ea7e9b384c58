import { z } from 'zod'

const unitMs = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

const isUnit = (text: string): text is keyof typeof unitMs => text in unitMs

/** Go counts nanoseconds in 64 bits: some 292 years. */
const maxMs = Number(2n ** 63n) / 1e6

/** Milliseconds of a Go duration such as `1m30s` or `-1.5h`; undefined for what is none, or longer than Go can count. */
export const parseDuration = (text: string): number | undefined => {
  if (/^[+-]?0$/.test(text)) return 0
  if (!/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined
  const parts = [...text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)]
  const ms = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (isUnit(unit) ? unitMs[unit] : 0), 0)
  if (ms >= maxMs) return undefined
  return text.startsWith('-') ? -ms : ms
}

/** A Go duration of so many milliseconds, without loss: `1500ms`, `30s`. */
export const formatDuration = (ms: number): string =>
  ms % 1000 === 0 ? `${ms / 1000}s` : Number.isInteger(ms) ? `${ms}ms` : `${Math.round(ms * 1e6)}ns`

const text = (expected: string, holds: (text: string) => boolean) =>
  z.string(`expected ${expected}`).refine(holds, `expected ${expected}`)

const durationWhere = (expected: string, holds: (ms: number) => boolean) =>
  text(expected, (value) => {
    const ms = parseDuration(value)
    return ms !== undefined && holds(ms)
  })

/** How long an experiment lasts. Chaos Mesh counts from the whole second of the creation, so less than a second may never begin. */
export const duration = durationWhere('a duration of at least 1s such as 30s or 1m30s', (ms) => ms >= 1000)

/** A shift of a clock, in either direction. */
export const offset = durationWhere('a duration other than 0 such as 5m or -1h30m', (ms) => ms !== 0)

/** A positive delay. */
export const delay = durationWhere('a duration longer than 0 such as 100ms', (ms) => ms > 0)

/** The delays of NetworkChaos know one unit and no sign. */
const isOneUnit = (value: string): boolean => /^\d+(?:\.\d+)?(?:ns|us|ms|s|m|h)$/.test(value)

export const latency = text(
  'a duration longer than 0 with one unit such as 100ms',
  (value) => isOneUnit(value) && parseDuration(value) !== 0,
)

export const jitter = text('a duration with one unit such as 10ms', isOneUnit)

const percentOf = (value: string): number => (/^\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN)

/** A share that is to have an effect. */
export const share = text('more than 0 and at most 100 percent, as text', (value) => {
  const percent = percentOf(value)
  return percent > 0 && percent <= 100
})

/** How much a draw depends on the one before it. */
export const correlation = text('0 to 100 percent, as text', (value) => percentOf(value) <= 100)

/** Bits (`bit`) or bytes (`bps`) a second. */
export const rate = text('a rate such as 1mbit (bits a second) or 1mbps (bytes a second)', (value) =>
  /^0*[1-9]\d*(?:bit|kbit|mbit|gbit|tbit|bps|kbps|mbps|gbps|tbps)$/.test(value),
)

/** Bytes, or a share of the memory. */
export const size = text(
  'a size such as 256MB or 80%',
  (value) => /^0*(?:[1-9]\d?|100)%$/.test(value) || /^(?=.*[1-9])\d+(?:\.\d+)?(?:[kKmMgGtT][iI]?)?[bB]?$/.test(value),
)
