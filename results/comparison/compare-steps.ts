import { rngOf } from '../../generators/rng.ts'
import { type ComparedStep, type Comparison, type Measure, measures } from '../../model/comparison.ts'
import { total } from '../read-cells.ts'
import { blockBootstrap, type Change, type Side } from './block-bootstrap.ts'
import { byStep, stepKey } from './by-step.ts'
import { holm } from './holm.ts'
import { runToRunVariance } from './run-to-run.ts'
import type { StepBlocks } from './step-blocks.ts'
import { pValueOfT, tOfPValue } from './student-t.ts'

export interface CompareOptions {
  /** Whether both sides carried the load at the same time, so that their blocks belong together. */
  readonly isPaired: boolean
  readonly floorRatio: number
  readonly floorMs: number
  readonly floorFailuresRatio: number
  readonly alphaRatio: number
  readonly resamples: number
}

/** Fewer requests, or in fewer blocks, say nothing. */
const minSamples = 30
const minBlocks = 8

type Result = Pick<Comparison, 'isAcrossRuns' | 'verdict' | 'reasons' | 'steps'>

/**
 * Compares each step that either side has, run by run of the earlier side. A step is called changed when the change is larger than the
 * floors, its interval leaves out no change at all, and chance alone would do that, anywhere among all that was compared, with at
 * most α. From five earlier runs on, what differs from run to run is part of the intervals.
 */
export const compareSteps = (
  before: readonly (readonly StepBlocks[])[],
  after: readonly StepBlocks[],
  options: CompareOptions,
): Pick<Result, 'isAcrossRuns' | 'steps'> => {
  const isAcrossRuns = before.length >= fewestRuns
  const variance = isAcrossRuns ? runToRunVariance(before) : () => 0
  const pairs = pairsOf(before, after)
  const tried = pairs.flatMap((pair) => tryPair(pair, { ...options, variance, runs: before.length }))
  const corrected = holm(tried.map(({ pValue }) => pValue))
  const steps = tried.map((one, index) =>
    finished({ ...one, pValue: corrected[index] ?? 1 }, { ...options, compared: tried.length }),
  )
  return { isAcrossRuns, steps }
}

/** From so many runs on their differences can be told. */
export const fewestRuns = 5

interface Pair extends Omit<StepBlocks, 'blocks'> {
  readonly before: Side
  readonly after: Side
}

const pairsOf = (before: readonly (readonly StepBlocks[])[], after: readonly StepBlocks[]): readonly Pair[] => {
  const [earlier, later] = [byStep(before), byStep([after])]
  return [...byStep([...before, after])].flatMap(([key, [first]]) => {
    if (!first) return []
    const { blocks: _, ...where } = first
    const sideOf = (runs: readonly StepBlocks[] = []) => runs.flatMap(({ blocks }) => blocks)
    return [{ ...where, before: sideOf(earlier.get(key)), after: sideOf(later.get(key)) }]
  })
}

interface Tried extends Omit<ComparedStep, 'verdict' | 'seeableRatio'> {
  readonly error: number
  readonly degrees: number
  readonly isEnough: boolean
}

interface TryOptions extends CompareOptions {
  /** Of one measure of one step, from run to run. */
  readonly variance: (key: string, measure: Measure) => number
  readonly runs: number
}

const requestsOf = (side: Side): number => side.reduce((sum, { answered, failed }) => sum + answered.count + failed, 0)

const filled = (side: Side): number => side.filter(({ answered, failed }) => answered.count + failed > 0).length

const tryPair = ({ before, after, ...where }: Pair, options: TryOptions): readonly Tried[] => {
  const samples = { before: requestsOf(before), after: requestsOf(after) }
  const blocks = Math.min(filled(before), filled(after))
  const isEnough = Math.min(samples.before, samples.after) >= minSamples && blocks >= minBlocks
  if (samples.before + samples.after === 0) return []
  const key = stepKey(where)
  const changes = blockBootstrap(before, after, { ...options, rng: rngOf(1).split(key) })
  return measures
    .filter((measure) => measure !== 'failures' || total({ before: failures(before), after: failures(after) }) > 0)
    .map((measure) => {
      const shared = options.variance(key, measure) * (1 + 1 / options.runs)
      return { ...where, measure, samples, ...figures(changes[measure], { measure, isEnough, shared, blocks }) }
    })
}

const failures = (side: Side): number => side.reduce((sum, { failed }) => sum + failed, 0)

interface Certainty {
  readonly measure: Measure
  readonly isEnough: boolean
  /** Variance that the blocks of one run do not show. */
  readonly shared: number
  readonly blocks: number
}

const figures = ({ estimate, before, after, ...spread }: Change, { measure, isEnough, shared, blocks }: Certainty) => {
  const error = Math.sqrt(spread.error ** 2 + shared)
  const degrees = Math.max(1, blocks - 1)
  const wider = spread.error > 0 ? error / spread.error : 1
  const ratioOf = (change: number) => (measure === 'failures' ? change : Math.expm1(change))
  const figureOf = (value: number) => (measure === 'failures' ? value : Math.exp(value))
  return {
    before: finite(figureOf(before)),
    after: finite(figureOf(after)),
    changeRatio: finite(ratioOf(estimate)),
    intervalRatio: {
      from: finite(ratioOf(estimate + (spread.low - estimate) * wider)),
      to: finite(ratioOf(estimate + (spread.high - estimate) * wider)),
    },
    pValue: isEnough && error > 0 ? pValueOfT(estimate / error, degrees) : 1,
    error,
    degrees,
    isEnough,
  }
}

/** Where one side has no answer there is no figure; whatever says so counts as too little to judge. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0)

const finished = (
  { error, degrees, isEnough, ...step }: Tried,
  options: CompareOptions & { readonly compared: number },
): ComparedStep => {
  const seeable = tOfPValue(options.alphaRatio / options.compared, degrees) * error
  const seeableRatio = finite(step.measure === 'failures' ? seeable : Math.expm1(seeable))
  return { ...step, seeableRatio, verdict: isEnough ? verdictOf(step, options) : 'inconclusive' }
}

const verdictOf = (
  { measure, before, after, changeRatio, intervalRatio, pValue }: Omit<ComparedStep, 'verdict' | 'seeableRatio'>,
  { alphaRatio, floorRatio, floorMs, floorFailuresRatio }: CompareOptions,
): ComparedStep['verdict'] => {
  const isLarge =
    measure === 'failures'
      ? Math.abs(changeRatio) > floorFailuresRatio
      : Math.abs(changeRatio) > floorRatio && Math.abs(after - before) > floorMs
  const isSure = pValue < alphaRatio && (intervalRatio.from > 0 || intervalRatio.to < 0)
  if (!isLarge || !isSure) return 'pass'
  return changeRatio > 0 ? 'regressed' : 'improved'
}
