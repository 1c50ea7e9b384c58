import { systemOf } from '../generators/system-of.ts'
import { type Defect, type DefectKind, defectKinds } from '../model/defect.ts'
import { Failure } from '../model/failure.ts'
import { type ImageSize, imageSizes, type Slice } from '../model/plan.ts'
import { isArriving, type Scenario } from '../model/scenario.ts'
import { isImageSystem } from '../model/system.ts'
import { dayNames, isKnownDay } from '../region/calendar.ts'

/** Slice options as typed. */
export interface SliceOptions {
  readonly day: string
  readonly from: string
  readonly to: string
  readonly days?: string
  readonly squeeze?: string
  readonly fullVolume?: boolean
  readonly scale?: string
  /** Names, separated by commas. */
  readonly streams?: string
  readonly imageSize?: string
  /** A CSV file of arrivals. */
  readonly replay?: string
}

const dayMs = 86_400_000
const mostDays = 366
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** Reads the slice options of a command. Throws a usage Failure with every problem. */
export const parseSlice = (options: SliceOptions, scenario: Scenario): Slice => {
  const problems: string[] = []
  const take = <T>(read: () => T | string): T | undefined => {
    const value = read()
    if (typeof value !== 'string') return value
    problems.push(value)
    return undefined
  }
  const isDay = take(
    () =>
      isKnownDay(options.day) || `--day: expected ${dayNames.join(', ')}, weekday or YYYY-MM-DD, got ${options.day}`,
  )
  const fromMs = take(() => timeOfDay('--from', options.from))
  const toMs = take(() => timeOfDay('--to', options.to))
  const squeezeMs =
    options.squeeze === undefined ? undefined : take(() => durationOf('--squeeze', options.squeeze ?? ''))
  const days = options.days === undefined ? 1 : take(() => daysOf(options))
  const scale = take(() => scaleOf(options.scale, scenario))
  if (fromMs !== undefined && toMs !== undefined)
    problems.push(...impossible({ fromMs, toMs: toMs + ((days ?? 1) - 1) * dayMs, squeezeMs }, options))
  if (problems.length > 0 || !isDay || fromMs === undefined || toMs === undefined || !days || !scale) {
    throw new Failure('usage', problems.join('\n'), 'collaudo plan --help shows the slice options')
  }
  return {
    day: options.day,
    fromMs,
    toMs,
    ...(days > 1 && { days }),
    ...(squeezeMs && { squeezeMs }),
    fullVolume: options.fullVolume ?? false,
    scale,
  }
}

/** Reads the size of images; full where none is typed. Throws a usage Failure, also for a scenario that has no images. */
export const parseImageSize = (
  typed: string | undefined,
  { name, streams, cutoverRatio }: Scenario,
): ImageSize | undefined => {
  const hasImages = streams.some(({ mix }) => mix.some(({ action }) => isImageSystem(systemOf(action))))
  if (typed === undefined) return hasImages ? 'full' : undefined
  const size = imageSizes.find((one) => one === typed)
  // What is moved has the size that the announcement gives it.
  if (size === 'heavy' && cutoverRatio !== undefined) {
    throw new Failure('usage', `--image-size: expected full or small for ${name}, got heavy`, 'leave it out')
  }
  if (size && hasImages) return size
  throw new Failure(
    'usage',
    size
      ? `--image-size: expected a scenario with diagnostic images, got ${name}`
      : `--image-size: expected ${imageSizes.join(', ')}, got ${typed}`,
    size ? 'leave it out' : 'collaudo plan --help shows the slice options',
  )
}

const impossible = (
  slice: { fromMs: number; toMs: number; squeezeMs: number | undefined },
  options: SliceOptions,
): readonly string[] => {
  const problems: string[] = []
  if (slice.toMs <= slice.fromMs) problems.push(`--to: expected a time after --from ${options.from}, got ${options.to}`)
  if (slice.squeezeMs !== undefined && slice.squeezeMs >= slice.toMs - slice.fromMs) {
    problems.push(
      `--squeeze: expected less than the slice from ${options.from} to ${options.to}, got ${options.squeeze}`,
    )
  }
  if (options.fullVolume && slice.squeezeMs === undefined)
    problems.push('--full-volume: expected --squeeze with it, got none')
  return problems
}

/** Whole days on end: hours would have to be told of each. */
const daysOf = ({ days = '', from, to }: SliceOptions): number | string => {
  const count = Number(days)
  if (!/^\d+$/.test(days) || count < 1 || count > mostDays) {
    return `--days: expected a number of days from 1 to ${mostDays}, got ${days}`
  }
  const isWhole = timeOfDay('--from', from) === 0 && timeOfDay('--to', to) === dayMs
  return count === 1 || isWhole ? count : `--days: expected whole days, 00:00 to 24:00, got ${from} to ${to}`
}

const timeOfDay = (option: string, text: string): number | string => {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text)
  const ms = match ? Number(match[1]) * unitMs.h + Number(match[2]) * unitMs.m : Number.NaN
  return ms <= dayMs && Number(match?.[2]) < 60 ? ms : `${option}: expected HH:MM from 00:00 to 24:00, got ${text}`
}

/** A duration such as 500ms, 90s, 5m, 2h in ms, or the problem with it. */
export const durationOf = (option: string, text: string): number | string => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const unit = match?.[2] as keyof typeof unitMs | undefined
  const ms = unit ? Number(match?.[1]) * unitMs[unit] : 0
  return ms > 0 ? ms : `${option}: expected a duration such as 90s, 5m or 2h, got ${text}`
}

/** `2` for every stream, or `web=3,phone=1`. */
const scaleOf = (text: string | undefined, scenario: Scenario): Slice['scale'] | string => {
  if (text === undefined) return {}
  const names = scenario.streams.filter(isArriving).map(({ name }) => name)
  const parts = text.split(',')
  const factors = parts.map((part) => (part.includes('=') ? part.split('=') : ['*', part]))
  const wrong = parts.filter((_, index) => !isFactor(names, factors[index] ?? []))
  if (wrong.length > 0) {
    return `--scale: expected a factor > 0, or stream=factor with a stream of ${names.join(', ')}, got ${wrong.join(',')}`
  }
  return Object.fromEntries(factors.map(([name, factor]) => [name, Number(factor)]))
}

const isFactor = (names: readonly string[], [name = '', factor, ...more]: readonly string[]): boolean =>
  more.length === 0 && (name === '*' || names.includes(name)) && Number(factor) > 0 && Number.isFinite(Number(factor))

/** Reads `NAME=SHARE` with a share such as 0.2% or 0.002. Throws a usage Failure with every problem. */
export const parseDefects = (texts: readonly string[]): readonly Defect[] => {
  const defects = texts.map(defectOf)
  const problems = defects.filter((defect) => typeof defect === 'string')
  if (problems.length > 0) throw new Failure('usage', problems.join('\n'), 'for example --defect double-booking=0.2%')
  return defects.filter((defect) => typeof defect !== 'string')
}

const defectOf = (text: string): Defect | string => {
  const [kind = '', share = ''] = text.split('=')
  const shareRatio = share.endsWith('%') ? Number(share.slice(0, -1)) / 100 : Number(share)
  if (!isDefectKind(kind)) return `--defect: expected one of ${Object.keys(defectKinds).join(', ')}, got ${kind}`
  if (!(shareRatio > 0 && shareRatio <= 1))
    return `--defect ${kind}: expected a share such as 0.2%, got ${share || 'none'}`
  return { kind, shareRatio }
}

const isDefectKind = (kind: string): kind is DefectKind => Object.hasOwn(defectKinds, kind)

/** A share such as 3% or 0.03, above 0 and below 1. Throws a usage Failure. */
export const parseShare = (option: string, text: string): number => {
  const shareRatio = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)
  if (shareRatio > 0 && shareRatio < 1) return shareRatio
  throw new Failure('usage', `${option}: expected a share such as 3%, got ${text}`, `for example ${option} 3%`)
}

/** A seed is a safe integer from 0. Throws a usage Failure. */
export const parseSeed = (text: string): number => {
  const seed = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new Failure('usage', `--seed: expected a whole number from 0, got ${text}`, 'for example --seed 1')
  }
  return seed
}

/** A duration of --timeout in ms. Throws a usage Failure. */
export const parseTimeout = (text: string): number => {
  const timeoutMs = durationOf('--timeout', text)
  if (typeof timeoutMs === 'number') return timeoutMs
  throw new Failure('usage', timeoutMs, 'for example --timeout 20m')
}
