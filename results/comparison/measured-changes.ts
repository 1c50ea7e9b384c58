import type { Rng } from '../../generators/rng.ts'
import { type ComparedStep, type Measure, measures } from '../../model/comparison.ts'
import { blockBootstrap, type Change, type Side } from './block-bootstrap.ts'
import type { StepBlocks } from './step-blocks.ts'
import { pValueOfT } from './student-t.ts'

/** One step on both sides; a side without it has no blocks. */
export interface StepPair extends Omit<StepBlocks, 'blocks'> {
  readonly before: Side
  readonly after: Side
}

/** The change of one measure, before anything is corrected or judged. */
export interface MeasuredChange extends Omit<ComparedStep, 'verdict' | 'seeableRatio'> {
  /** Standard error, and the degrees of freedom of its t. */
  readonly error: number
  readonly degrees: number
  /** With too few requests, or in too few blocks, nothing can be told. */
  readonly isEnough: boolean
}

export interface ChangeOptions {
  readonly isPaired: boolean
  readonly resamples: number
  readonly rng: Rng
  /** Earlier runs, and the variance of a measure from run to run; 0 where it is not known. */
  readonly runs: number
  readonly variance: (measure: Measure) => number
}

/** Fewer requests, or in fewer blocks, say nothing. */
export const minSamples = 30
const minBlocks = 8

/** Of each measure that says something: failures only where there are some. */
export const measuredChanges = (
  { before, after, ...where }: StepPair,
  options: ChangeOptions,
): readonly MeasuredChange[] => {
  const changes = blockBootstrap(before, after, options)
  const hasFailures = [...before, ...after].some(({ failed }) => failed > 0)
  return measures
    .filter((measure) => measure !== 'failures' || hasFailures)
    .map((measure) => ({
      ...where,
      measure,
      ...figures(changes[measure], countedOf(measure, before, after), {
        measure,
        runs: options.runs,
        shared: options.variance(measure) * (1 + 1 / options.runs),
      }),
    }))
}

/** Requests that a measure rests on, and in how many blocks of the poorer side. */
interface Counted {
  readonly samples: { readonly before: number; readonly after: number }
  readonly blocks: number
}

/** A latency is one of answered requests; a share of failures one of all. */
const countedOf = (measure: Measure, before: Side, after: Side): Counted => {
  const countsOf = (side: Side) =>
    side.map(({ answered, failed }) => answered.count + (measure === 'failures' ? failed : 0))
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  const filled = (counts: readonly number[]) => counts.filter((count) => count > 0).length
  const [a, b] = [countsOf(before), countsOf(after)]
  return { samples: { before: sum(a), after: sum(b) }, blocks: Math.min(filled(a), filled(b)) }
}

interface Known {
  readonly measure: Measure
  readonly runs: number
  /** Variance that the blocks of one run do not show. */
  readonly shared: number
}

const figures = (change: Change, { samples, blocks }: Counted, { measure, runs, shared }: Known) => {
  const { estimate, before, after } = change
  const within = Math.max(change.error, leastError(change, samples, measure))
  const error = Math.sqrt(within ** 2 + shared)
  const wider = change.error > 0 ? error / change.error : 1
  const isKnown = [estimate, before, after].every(Number.isFinite)
  const isEnough = isKnown && error > 0 && Math.min(samples.before, samples.after) >= minSamples && blocks >= minBlocks
  const degrees = degreesOf({ within, shared, blocks, runs })
  const inRatio = (value: number) => finite(measure === 'failures' ? value : Math.expm1(value))
  const inUnit = (value: number) => finite(measure === 'failures' ? value : Math.exp(value))
  return {
    samples,
    before: inUnit(before),
    after: inUnit(after),
    changeRatio: inRatio(estimate),
    intervalRatio: {
      from: inRatio(Math.min(estimate + (change.low - estimate) * wider, estimate)),
      to: inRatio(Math.max(estimate + (change.high - estimate) * wider, estimate)),
    },
    pValue: isEnough ? pValueOfT(estimate / error, degrees) : 1,
    error,
    degrees,
    isEnough,
  }
}

/** Blocks that all fail alike have no spread: a share of n requests has at least √(p (1 - p) (1/n₁ + 1/n₂)), p of both together. */
const leastError = (
  { before, after }: Change,
  { before: n1, after: n2 }: Counted['samples'],
  measure: Measure,
): number => {
  if (measure !== 'failures' || n1 === 0 || n2 === 0) return 0
  const p = (before * n1 + after * n2) / (n1 + n2)
  return Math.sqrt(p * (1 - p) * (1 / n1 + 1 / n2))
}

/** Welch-Satterthwaite: (a + b)² / (a² / (k - 1) + b² / (n - 1)), a from k blocks and b from n runs. */
const degreesOf = (of: {
  readonly within: number
  readonly shared: number
  readonly blocks: number
  readonly runs: number
}): number => {
  const [a, b] = [of.within ** 2, of.shared]
  const below = a ** 2 / Math.max(1, of.blocks - 1) + b ** 2 / Math.max(1, of.runs - 1)
  return below === 0 ? 1 : Math.max(1, (a + b) ** 2 / below)
}

/** Where one side has no answer there is no figure; whatever says so counts as too little to judge. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0)
