/** A stretch of constant rate. */
export interface CurveSegment {
  readonly fromMs: number
  readonly toMs: number
  readonly arrivalsPerMs: number
}

/** Expected arrivals over time: adjoining segments, sorted. */
export type Curve = readonly CurveSegment[]

export const quarterMs = 15 * 60_000
const quartersPerDay = 96

export interface DayShape {
  readonly arrivalsPerDay: number
  /** Hours 0..23; only their proportion counts. */
  readonly hourShares: readonly number[]
  readonly openMinutes: { readonly from: number; readonly to: number }
}

/**
 * The curve of one day, constant within a quarter hour (the drawn busyness jumps there anyway). Each hour integrates exactly
 * to its share; within the hour the open quarters follow the straight line between the neighbours' rates.
 */
export const dayCurve = ({ arrivalsPerDay, hourShares, openMinutes }: DayShape): Curve => {
  const total = hourShares.reduce((sum, share) => sum + share, 0)
  return Array.from({ length: quartersPerDay }, (_, quarter) => {
    const share = quarterShare(hourShares, openMinutes, quarter) / total
    return {
      fromMs: quarter * quarterMs,
      toMs: (quarter + 1) * quarterMs,
      arrivalsPerMs: (arrivalsPerDay * share) / quarterMs,
    }
  })
}

const quarterShare = (hourShares: readonly number[], open: DayShape['openMinutes'], quarter: number): number => {
  const hour = Math.floor(quarter / 4)
  const weights = [0, 1, 2, 3].map((part) => (isOpen(open, hour * 4 + part) ? interpolated(hourShares, hour, part) : 0))
  const sum = weights.reduce((a, b) => a + b, 0)
  return sum === 0 ? 0 : ((hourShares[hour] ?? 0) * (weights[quarter % 4] ?? 0)) / sum
}

const isOpen = (open: DayShape['openMinutes'], quarter: number): boolean =>
  quarter * 15 >= open.from && (quarter + 1) * 15 <= open.to

/** Value at the centre of a quarter on the line through the middles of its hour and the nearer neighbour; a closed neighbour bends nothing. */
const interpolated = (hourShares: readonly number[], hour: number, part: number): number => {
  const own = hourShares[hour] ?? 0
  const towards = (part + 0.5) / 4 - 0.5
  const neighbour = hourShares[(hour + (towards < 0 ? 23 : 1)) % 24] ?? 0
  return neighbour === 0 ? own : own + (neighbour - own) * Math.abs(towards)
}

/** Multiplies segment i by factor i. */
export const scaled = (curve: Curve, factors: readonly number[]): Curve =>
  curve.map((segment, index) => ({ ...segment, arrivalsPerMs: segment.arrivalsPerMs * (factors[index] ?? 1) }))

/** How a time axis is moved and stretched. */
export interface TimeMap {
  readonly originMs: number
  readonly offsetMs: number
  readonly stretch: number
  /** Of what lies before the origin; 1 unless told. */
  readonly stretchBefore?: number
}

/**
 * Moves and stretches the time axis: t → offsetMs + (t − originMs) × stretch from the origin on; what lies before it is only
 * moved unless told otherwise, since it is about to be over. Rates stay what they are per real second.
 */
export const retimed = (curve: Curve, map: TimeMap): Curve => {
  const { originMs, offsetMs, stretch, stretchBefore = 1 } = map
  const at = (ms: number) => offsetMs + (ms - originMs) * (ms < originMs ? stretchBefore : stretch)
  return curve.map((segment) => ({ ...segment, fromMs: at(segment.fromMs), toMs: at(segment.toMs) }))
}

/** Integral of the rate between two instants. */
export const expectedBetween = (curve: Curve, fromMs: number, toMs: number): number =>
  curve.reduce((sum, segment) => {
    const overlapMs = Math.min(segment.toMs, toMs) - Math.max(segment.fromMs, fromMs)
    return overlapMs > 0 ? sum + overlapMs * segment.arrivalsPerMs : sum
  }, 0)
