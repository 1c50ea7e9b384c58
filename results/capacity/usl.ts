import type { Rng } from '../../generators/rng.ts'
import type { UslFit } from '../../model/capacity-record.ts'
import { leastSquares, type Model, type Point, squaredError } from './least-squares.ts'

/** What a system did at one level of load: requests in it at a time, and those that it answered well in a second. */
export interface Level {
  readonly inFlight: number
  readonly goodPerSecond: number
}

/** usl4j asks for as many (codahale/usl4j Model.java). */
export const leastLevels = 6
/** A peak farther out than so many times what was tried is a guess. */
const farthestTimes = 2
const resamples = 200

/** A law, or why there is none. */
export type FittedUsl =
  | { readonly kind: 'fitted'; readonly fit: UslFit }
  | { readonly kind: 'untold'; readonly why: string }

/**
 * Universal Scalability Law X(N) = λN / (1 + σ(N−1) + κN(N−1)): X requests/s well answered with N in the system at a time, λ
 * (1/s) what one alone gets, σ ≥ 0 contention, κ ≥ 0 coherency (Gunther 2007). Least squares over the levels; intervals of
 * 95 % by resampling these. Needs six levels.
 */
export const fitUsl = (levels: readonly Level[], rng: Rng): FittedUsl => {
  const points = levels.map(({ inFlight, goodPerSecond }) => ({ x: inFlight, y: goodPerSecond }))
  const distinct = new Set(points.map(({ x }) => x)).size
  if (distinct < leastLevels) {
    return { kind: 'untold', why: `${distinct} levels of load that can be used, ${leastLevels} are needed` }
  }
  const parameters = fitted(points)
  const drawn = resampled(points, rng).map(fitted)
  const [lambda = 0, sigma = 0, kappa = 0] = parameters
  const interval = (index: number) => percentiles(drawn.map((one) => one[index] ?? 0))
  const fit = {
    lambdaPerSecond: { value: lambda, ...interval(0) },
    sigma: { value: sigma, ...interval(1) },
    kappa: { value: kappa, ...interval(2) },
    rSquared: 1 - squaredError(law, points, parameters) / spread(points),
    levels: points.length,
    // Where κ may as well be 0, throughput levels off and has no peak.
    peak: interval(2).low > 0 ? peakOf({ lambda, sigma, kappa }, Math.max(...points.map(({ x }) => x))) : null,
  }
  return { kind: 'fitted', fit }
}

/** What the law says of N requests in the system. */
export const uslThroughput = (fit: UslFit, inFlight: number): number =>
  law(inFlight, [fit.lambdaPerSecond.value, fit.sigma.value, fit.kappa.value]).value

const law: Model = (n, [lambda = 0, sigma = 0, kappa = 0]) => {
  const divisor = 1 + sigma * (n - 1) + kappa * n * (n - 1)
  const value = (lambda * n) / divisor
  return { value, slopes: [n / divisor, (-value * (n - 1)) / divisor, (-value * n * (n - 1)) / divisor] }
}

/** Starts as usl4j does: λ the best that one ever got, σ 0.1, κ 0.01. */
const fitted = (points: readonly Point[]): readonly number[] =>
  leastSquares(law, points, [Math.max(...points.map(({ x, y }) => y / x)), 0.1, 0.01])

/** N* = √((1−σ)/κ), where it was tried or nearly so; null: the levels do not bend enough to tell it. */
const peakOf = (
  { lambda, sigma, kappa }: { readonly lambda: number; readonly sigma: number; readonly kappa: number },
  tried: number,
): UslFit['peak'] => {
  const inFlight = Math.sqrt((1 - sigma) / kappa)
  if (!(inFlight <= farthestTimes * tried)) return null
  return { inFlight, goodPerSecond: law(inFlight, [lambda, sigma, kappa]).value }
}

/** As many levels drawn from the levels, again and again; draws of fewer than three different ones fix no law. */
const resampled = (points: readonly Point[], rng: Rng): readonly (readonly Point[])[] =>
  Array.from({ length: resamples }, (_, index) => {
    const own = rng.at(index)
    return points.flatMap(() => points[own.below(points.length)] ?? [])
  }).filter((draw) => new Set(draw.map(({ x }) => x)).size >= 3)

/** The middle 95 %. */
const percentiles = (values: readonly number[]): { readonly low: number; readonly high: number } => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return { low: at(0.025), high: at(0.975) }
}

const spread = (points: readonly Point[]): number => {
  const mean = points.reduce((sum, { y }) => sum + y, 0) / points.length
  return points.reduce((sum, { y }) => sum + (y - mean) ** 2, 0)
}
