import type { Aim, Trial } from '../../model/capacity-record.ts'

/** What is known of one load. */
export type Tried = Pick<Trial, 'aim' | 'scale' | 'loadRatio' | 'meetsGates' | 'followsLoad'>

export interface SearchBounds {
  readonly fromScale: number
  readonly maxScale: number
  /** A limit is found when the load that breaks it is at most so much higher than the one that holds. */
  readonly precisionRatio: number
  /** Loads that the curve of a knee needs. */
  readonly levels: number
  /** Where the systems seem to break, by what they did when they were held up; undefined: nothing is known of it yet. */
  readonly breaksAt?: number | undefined
}

export type NextStep =
  | { readonly kind: 'try'; readonly aim: Aim; readonly scale: number }
  | { readonly kind: 'end'; readonly ended: 'found' | 'max-scale' | 'nothing-holds' }

/** Of the climb, and of the way down for a search that begins too high. More would flood the systems: then they show nothing of what they can do. */
const climbFactor = 1.5
/**
 * The load that is drawn is not quite what was asked for: with few rows the middle may be missed again and again. After so many
 * tries a limit is known as well as it will be.
 */
const mostHalvings = 10
/** Below this part of its start a search has nothing to find. */
const leastPart = 1 / 64

/**
 * Which load is tried next: up until the gates break, then the middle (in ratio) between what holds and what does not until
 * these are near enough; then the same for the load that is no longer followed; then where the curve has its widest gap.
 */
export const nextScale = (tried: readonly Tried[], bounds: SearchBounds): NextStep =>
  climb(tried, bounds) ?? halved(tried, bounds, 'gate-limit') ?? breakpoint(tried, bounds) ?? curve(tried, bounds)

const climb = (tried: readonly Tried[], bounds: SearchBounds): NextStep | undefined => {
  const { fromScale, maxScale } = bounds
  const { low, high } = bracketOf(tried, 'gate-limit', bounds)
  if (low === undefined && high === undefined) return attempt('climb', fromScale)
  if (low === undefined && high !== undefined) {
    const lower = Math.min(...tried.map(({ scale }) => scale)) / climbFactor
    return lower < fromScale * leastPart ? { kind: 'end', ended: 'nothing-holds' } : attempt('descend', lower)
  }
  if (high !== undefined) return undefined
  const top = topOf(tried)
  return top >= maxScale ? { kind: 'end', ended: 'max-scale' } : attempt('climb', Math.min(top * climbFactor, maxScale))
}

const topOf = (tried: readonly Tried[]): number => Math.max(...tried.map(({ scale }) => scale))

/**
 * The lowest load that breaks, and the highest that holds below it, as they were drawn; loads within the precision are the same
 * load. What nobody could judge counts as held for the way up only.
 */
export const bracketOf = (
  tried: readonly Tried[],
  aim: 'gate-limit' | 'breakpoint',
  { precisionRatio }: Pick<SearchBounds, 'precisionRatio'>,
): { readonly low: number | undefined; readonly high: number | undefined } => {
  const broken = (one: Tried) => (aim === 'gate-limit' ? one.meetsGates : one.followsLoad) === 'no'
  const high = least(tried.filter(broken).map(({ loadRatio }) => loadRatio))
  const below = tried.filter(
    (one) => !broken(one) && (high === undefined || one.loadRatio < high * (1 + precisionRatio)),
  )
  return { low: most(below.map(({ loadRatio }) => loadRatio)), high }
}

const halved = (
  tried: readonly Tried[],
  bounds: SearchBounds,
  aim: 'gate-limit' | 'breakpoint',
): NextStep | undefined => {
  const { precisionRatio } = bounds
  const { low, high } = bracketOf(tried, aim, bounds)
  if (low === undefined || high === undefined || high / low <= 1 + precisionRatio) return undefined
  if (tried.filter((one) => one.aim === aim).length >= mostHalvings) return undefined
  return attempt(aim, between(low, high, bounds))
}

/** Less than half of the precision: what is drawn is not quite what was asked for. */
const besidePart = 0.4

/** The middle, or right beside where the systems seem to break: first below, then above. */
const between = (low: number, high: number, { precisionRatio, breaksAt = 0 }: SearchBounds): number => {
  const margin = 1 + besidePart * precisionRatio
  const beside = low < breaksAt / (1 + 2 * precisionRatio) ? breaksAt / margin : breaksAt * margin
  return low < beside && beside < high ? beside : Math.sqrt(low * high)
}

const breakpoint = (tried: readonly Tried[], bounds: SearchBounds): NextStep | undefined => {
  if (bracketOf(tried, 'breakpoint', bounds).high !== undefined) return halved(tried, bounds, 'breakpoint')
  const top = topOf(tried)
  return top >= bounds.maxScale ? undefined : attempt('breakpoint', Math.min(top * climbFactor, bounds.maxScale))
}

const curve = (tried: readonly Tried[], bounds: SearchBounds): NextStep => {
  const { levels, precisionRatio } = bounds
  const { high = Number.POSITIVE_INFINITY } = bracketOf(tried, 'breakpoint', bounds)
  const followed = tried.map(({ loadRatio }) => loadRatio).filter((load) => load <= high)
  const loads = [...new Set(followed)].sort((a, b) => a - b)
  const gaps = loads.slice(1).map((to, index) => ({ from: loads[index] ?? to, to }))
  const widest = gaps.toSorted((a, b) => b.to / b.from - a.to / a.from)[0]
  const isWide = widest !== undefined && widest.to / widest.from > 1 + precisionRatio
  if (loads.length >= levels || !isWide) return { kind: 'end', ended: 'found' }
  return attempt('curve', Math.sqrt(widest.from * widest.to))
}

/** Four digits: it is typed and read. */
const attempt = (aim: Aim, scale: number): NextStep => ({ kind: 'try', aim, scale: Number(scale.toPrecision(4)) })

const most = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : Math.max(...values))
const least = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : Math.min(...values))
