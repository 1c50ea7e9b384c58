import type { ComparedStep, Comparison } from '../../model/comparison.ts'
import { counted, formatCount, formatMs, formatRatio } from '../format.ts'
import { type CompareOptions, compareSteps, isGone } from './compare-steps.ts'
import type { StepBlocks } from './step-blocks.ts'

/** One side: its name, and its runs with their blocks. */
export interface ComparedSide {
  readonly name: string
  readonly runs: readonly { readonly id: string; readonly steps: readonly StepBlocks[] }[]
}

/** Differences of one run from others are larger than those of two sides of the same minute. */
const floorRatioOf = { baseline: 0.1, ab: 0.03 } as const

/** Limits of a comparison, unless told otherwise. */
export const usualOptions = (kind: Comparison['kind']): CompareOptions => ({
  ...usual,
  isPaired: kind === 'ab',
  floorRatio: floorRatioOf[kind],
})

const usual = { floorMs: 1, floorFailuresRatio: 0.005, alphaRatio: 0.01, resamples: 2000 } as const

/** Compares what was measured after with what was measured before, step by step, and says what that comes to. */
export const compare = (
  kind: Comparison['kind'],
  { before, after }: { readonly before: ComparedSide; readonly after: ComparedSide },
  floorRatio: number = floorRatioOf[kind],
): Comparison => {
  const options: CompareOptions = { ...usualOptions(kind), floorRatio }
  const { isPaired: _, ...limits } = options
  const { steps, isAcrossRuns } = compareSteps(
    before.runs.map((run) => run.steps),
    after.runs.flatMap((run) => run.steps),
    options,
  )
  const sideOf = ({ name, runs }: ComparedSide) => ({ name, runs: runs.map(({ id }) => id) })
  return {
    kind,
    before: sideOf(before),
    after: sideOf(after),
    ...limits,
    isAcrossRuns,
    verdict: verdictOf(steps),
    reasons: reasonsOf(steps),
    steps: [...steps],
  }
}

/** Nothing was there to compare with. */
export const noBaseline = (file: string, run: string): Comparison => ({
  kind: 'baseline',
  before: { name: file, runs: ['none'] },
  after: { name: run, runs: [run] },
  ...usual,
  floorRatio: floorRatioOf.baseline,
  isAcrossRuns: false,
  verdict: 'no-baseline',
  reasons: [`There is no baseline ${file} to compare with.`],
  steps: [],
})

/** A step that nobody can judge spoils nothing, as long as others can be judged. */
const verdictOf = (steps: readonly ComparedStep[]): Comparison['verdict'] => {
  const has = (verdict: ComparedStep['verdict']) => steps.some((step) => step.verdict === verdict)
  if (has('regressed')) return 'regressed'
  if (!has('pass') && !has('improved')) return 'inconclusive'
  return has('improved') ? 'improved' : 'pass'
}

const reasonsOf = (steps: readonly ComparedStep[]): string[] => {
  const changed = steps.filter(({ verdict }) => verdict === 'regressed' || verdict === 'improved')
  const order = ['regressed', 'improved']
  const sentences = changed
    .toSorted(
      (a, b) =>
        order.indexOf(a.verdict) - order.indexOf(b.verdict) || Math.abs(b.changeRatio) - Math.abs(a.changeRatio),
    )
    .map(sentenceOf)
  if (sentences.length > 0 || steps.some(({ verdict }) => verdict === 'pass')) return sentences
  return [
    `Too few requests to compare, or too noisy: none of ${counted(steps.length, 'figure', 'figures')} can be told from chance.`,
  ]
}

const names = { typical: 'typical latency', 'slow-end': '95th percentile', failures: 'failed requests' } as const

/** One change in words: what, from where to where, and between which bounds the change lies. */
export const sentenceOf = (step: ComparedStep): string => {
  if (isGone(step)) {
    return `${step.journey} / ${step.step} (${step.phase}): answered ${formatCount(step.samples.before)} times before, not once after.`
  }
  const { journey, measure, before, after, changeRatio, intervalRatio } = step
  const isFailures = measure === 'failures'
  const figure = isFailures ? formatRatio : formatMs
  const change = isFailures ? `${signed(changeRatio)} points` : signed(changeRatio)
  return `${journey} / ${step.step}, ${names[measure]} (${step.phase}): ${figure(before)} to ${figure(after)}, ${change} (95 %: ${signed(intervalRatio.from)} to ${signed(intervalRatio.to)}).`
}

/** `+4.2 %` */
export const signed = (ratio: number): string => `${ratio > 0 ? '+' : ''}${formatRatio(ratio)}`
