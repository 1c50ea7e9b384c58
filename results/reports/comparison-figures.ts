import type { ComparedStep, Comparison } from '../../model/comparison.ts'
import { signed } from '../comparison/compare.ts'
import { formatCount, formatMs, formatRatio } from '../format.ts'

const names = { typical: 'typical', 'slow-end': 'p95', failures: 'failed' } as const
const order = ['regressed', 'improved', 'pass', 'inconclusive']

/** What changed first, the largest change before the smaller; then what did not, then what cannot be told. */
export const inOrder = (steps: readonly ComparedStep[]): readonly ComparedStep[] =>
  steps.toSorted(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || Math.abs(b.changeRatio) - Math.abs(a.changeRatio),
  )

/** Titles and cells of a table of all that was compared. */
export const comparisonTitles = [
  'Step',
  'Measure',
  'Before',
  'After',
  'Change',
  '95 %',
  'Smallest seen',
  'Verdict',
] as const

export const comparisonCells = (one: ComparedStep): readonly string[] => {
  const { journey, step, phase, measure, before, after, changeRatio, intervalRatio, seeableRatio, verdict } = one
  const figure = measure === 'failures' ? formatRatio : formatMs
  return [
    `${journey} / ${step}${phase === 'steady' ? '' : ` (${phase})`}`,
    names[measure],
    figure(before),
    figure(after),
    verdict === 'inconclusive' ? '–' : signed(changeRatio),
    verdict === 'inconclusive' ? '–' : `${signed(intervalRatio.from)} … ${signed(intervalRatio.to)}`,
    verdict === 'inconclusive' ? '–' : formatRatio(seeableRatio),
    verdict === 'inconclusive' ? `too few (${formatCount(Math.min(one.samples.before, one.samples.after))})` : verdict,
  ]
}

/** What was compared with what, and how sure it is; a sentence each. */
export const comparisonSentences = (comparison: Comparison): readonly string[] => {
  const { kind, before, after, steps, floorRatio, alphaRatio, isAcrossRuns } = comparison
  if (steps.length === 0) return comparison.reasons
  const count = (verdict: ComparedStep['verdict']) => steps.filter((step) => step.verdict === verdict).length
  const against =
    kind === 'ab'
      ? `${after.name} beside ${before.name}, at the same moments`
      : `${after.name} with ${before.name} (${formatCount(before.runs.length)} ${before.runs.length === 1 ? 'run' : 'runs'})`
  return [
    `Compared ${against}: ${formatCount(count('regressed'))} worse, ${formatCount(count('improved'))} better, ${formatCount(count('pass'))} unchanged, ${formatCount(count('inconclusive'))} with too few requests.`,
    `A change counts from ${formatRatio(floorRatio)} on; with no change at all there is one alarm in ${formatCount(1 / alphaRatio)} comparisons.`,
    ...(kind === 'ab' || isAcrossRuns
      ? []
      : ['What differs from run to run is not known yet: accept five runs, and it becomes part of the intervals.']),
  ]
}
