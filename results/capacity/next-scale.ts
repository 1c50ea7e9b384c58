import type { Aim, Trial } from '../../model/capacity-record.ts'

/** What is known of one load. */
export type Tried = Pick<Trial, 'scale' | 'meetsGates' | 'followsLoad'>

export interface SearchBounds {
  readonly fromScale: number
  readonly maxScale: number
  /** A limit is found when the load that breaks it is at most so much higher than the one that holds. */
  readonly precisionRatio: number
  /** Loads that the curve of a knee needs. */
  readonly levels: number
}

export type NextStep =
  | { readonly kind: 'try'; readonly aim: Aim; readonly scale: number }
  | { readonly kind: 'end'; readonly ended: 'found' | 'max-scale' | 'nothing-holds' }

/** The climb doubles, and a search that begins too high halves. */
const climbFactor = 2
/** Below this part of its start a search has nothing to find. */
const leastPart = 1 / 64

/**
 * Which load is tried next: up until the gates break, then the middle (in ratio) between what holds and what does not until
 * these are near enough; then the same for the load that is no longer followed; then where the curve has its widest gap.
 */
export const nextScale = (tried: readonly Tried[], bounds: SearchBounds): NextStep =>
  climb(tried, bounds) ?? halved(tried, bounds, 'gate-limit') ?? breakpoint(tried, bounds) ?? curve(tried, bounds)

const climb = (tried: readonly Tried[], { fromScale, maxScale }: SearchBounds): NextStep | undefined => {
  const { low, high } = bracketOf(tried, 'gate-limit')
  if (low === undefined && high === undefined) return attempt('climb', fromScale)
  if (low === undefined && high !== undefined) {
    const lower = high / climbFactor
    return lower < fromScale * leastPart ? { kind: 'end', ended: 'nothing-holds' } : attempt('descend', lower)
  }
  if (high !== undefined || low === undefined) return undefined
  return low >= maxScale ? { kind: 'end', ended: 'max-scale' } : attempt('climb', Math.min(low * climbFactor, maxScale))
}

/** The highest load that holds below the lowest that breaks. What nobody could judge counts as held for the way up only. */
export const bracketOf = (
  tried: readonly Tried[],
  aim: 'gate-limit' | 'breakpoint',
): { readonly low: number | undefined; readonly high: number | undefined } => {
  const broken = (one: Tried) => (aim === 'gate-limit' ? one.meetsGates : one.followsLoad) === 'no'
  const high = least(tried.filter(broken).map(({ scale }) => scale))
  const below = tried.filter((one) => !broken(one) && (high === undefined || one.scale < high))
  return { low: most(below.map(({ scale }) => scale)), high }
}

const halved = (
  tried: readonly Tried[],
  { precisionRatio }: SearchBounds,
  aim: 'gate-limit' | 'breakpoint',
): NextStep | undefined => {
  const { low, high } = bracketOf(tried, aim)
  if (low === undefined || high === undefined || high / low <= 1 + precisionRatio) return undefined
  return attempt(aim, Math.sqrt(low * high))
}

const breakpoint = (tried: readonly Tried[], bounds: SearchBounds): NextStep | undefined => {
  const { low = 0, high } = bracketOf(tried, 'breakpoint')
  if (high !== undefined) return halved(tried, bounds, 'breakpoint')
  return low >= bounds.maxScale ? undefined : attempt('breakpoint', Math.min(low * climbFactor, bounds.maxScale))
}

const curve = (tried: readonly Tried[], { levels, precisionRatio }: SearchBounds): NextStep => {
  const { high = Number.POSITIVE_INFINITY } = bracketOf(tried, 'breakpoint')
  const followed = tried.map(({ scale }) => scale).filter((scale) => scale <= high)
  const scales = [...new Set(followed)].sort((a, b) => a - b)
  const gaps = scales.slice(1).map((to, index) => ({ from: scales[index] ?? to, to }))
  const widest = gaps.toSorted((a, b) => b.to / b.from - a.to / a.from)[0]
  const isWide = widest !== undefined && widest.to / widest.from > 1 + precisionRatio
  if (scales.length >= levels || !isWide) return { kind: 'end', ended: 'found' }
  return attempt('curve', Math.sqrt(widest.from * widest.to))
}

/** Four digits: it is typed and read. */
const attempt = (aim: Aim, scale: number): NextStep => ({ kind: 'try', aim, scale: Number(scale.toPrecision(4)) })

const most = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : Math.max(...values))
const least = (values: readonly number[]): number | undefined => (values.length === 0 ? undefined : Math.min(...values))
