import { rngOf } from '../../generators/rng.ts'
import type { ComparedStep, Comparison, Measure } from '../../model/comparison.ts'
import { byStep, stepKey } from './by-step.ts'
import { holm } from './holm.ts'
import { type MeasuredChange, measuredChanges, minSamples, type StepPair } from './measured-changes.ts'
import { runToRunVariance } from './run-to-run.ts'
import type { StepBlocks } from './step-blocks.ts'
import { tOfPValue } from './student-t.ts'

export interface CompareOptions {
  /** Whether both sides carried the load at the same time, so that their blocks belong together. */
  readonly isPaired: boolean
  readonly floorRatio: number
  readonly floorMs: number
  readonly floorFailuresRatio: number
  readonly alphaRatio: number
  readonly resamples: number
}

/** A step that could hide a change as large as this says nothing. */
const blindRatio: Readonly<Record<Measure, number>> = { typical: 0.5, 'slow-end': 0.5, failures: 0.1 }

/** From so many runs on their differences can be told. */
const fewestRuns = 5

/**
 * Compares each step that either side has, run by run of the earlier side. A step is called changed when the change is larger than the
 * floors, its interval leaves out no change at all, and chance alone would do that, anywhere among all that can be judged, with at
 * most α; or when it was never come to any more. From five earlier runs on, what differs from run to run is part of the intervals.
 */
export const compareSteps = (
  before: readonly (readonly StepBlocks[])[],
  after: readonly StepBlocks[],
  options: CompareOptions,
): Pick<Comparison, 'isAcrossRuns' | 'steps'> => {
  const isAcrossRuns = before.length >= fewestRuns
  const variance = isAcrossRuns ? runToRunVariance(before) : () => 0
  const changes = pairsOf(before, after).flatMap((pair) => {
    const key = stepKey(pair)
    return measuredChanges(pair, {
      ...options,
      rng: rngOf(1).split(key),
      runs: before.length,
      variance: (measure) => variance(key, measure),
    })
  })
  const judged = changes.filter(({ isEnough }) => isEnough)
  const corrected = new Map(holm(judged.map(({ pValue }) => pValue)).map((pValue, index) => [judged[index], pValue]))
  const steps = changes.map((one) =>
    finished({ ...one, pValue: corrected.get(one) ?? 1 }, { ...options, compared: judged.length }),
  )
  return { isAcrossRuns, steps }
}

const pairsOf = (before: readonly (readonly StepBlocks[])[], after: readonly StepBlocks[]): readonly StepPair[] => {
  const [earlier, later] = [byStep(before), byStep([after])]
  return [...byStep([...before, after])].flatMap(([key, [first]]) => {
    if (!first) return []
    const { blocks: _, ...where } = first
    const sideOf = (runs: readonly StepBlocks[] = []) => runs.flatMap(({ blocks }) => blocks)
    return [{ ...where, before: sideOf(earlier.get(key)), after: sideOf(later.get(key)) }]
  })
}

const finished = (
  { error, degrees, isEnough, ...step }: MeasuredChange,
  options: CompareOptions & { readonly compared: number },
): ComparedStep => {
  if (isGone(step)) return { ...step, pValue: 0, seeableRatio: 0, verdict: 'regressed' }
  const seeable = tOfPValue(options.alphaRatio / Math.max(1, options.compared), degrees) * error
  const seeableRatio = Math.min(largestRatio, step.measure === 'failures' ? seeable : Math.expm1(seeable))
  const verdict = verdictOf(step, options)
  const isTold = isEnough && (verdict !== 'pass' || seeableRatio <= blindRatio[step.measure])
  return { ...step, seeableRatio, verdict: isTold ? verdict : 'inconclusive' }
}

/** Nobody needs to know beyond a thousandfold, and JSON knows no infinity. */
const largestRatio = 1000

/** Both sides had the same rows: a step that was answered often enough before, and now not once, is one that no longer works, or is not come to. */
export const isGone = ({ measure, samples }: Pick<ComparedStep, 'measure' | 'samples'>): boolean =>
  measure === 'typical' && samples.before >= minSamples && samples.after === 0

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
