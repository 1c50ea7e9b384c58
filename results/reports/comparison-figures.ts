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
    verdict === 'inconclusive'
      ? `too few or too noisy (${formatCount(Math.min(one.samples.before, one.samples.after))})`
      : verdict,
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
    `Compared ${against}: ${formatCount(count('regressed'))} worse, ${formatCount(count('improved'))} better, ${formatCount(count('pass'))} unchanged, ${formatCount(count('inconclusive'))} that cannot be told (too few requests, or too noisy).`,
    `A change counts from ${formatRatio(floorRatio)} on.`,
    kind === 'ab' || isAcrossRuns
      ? `It is set to call something changed in one of ${formatCount(1 / alphaRatio)} comparisons where nothing is.`
      : 'What differs from run to run is not known yet: accept five runs, and it becomes part of the intervals.',
  ]
}

/** What to do about a comparison; a sentence each. The run that came after, where it has an id. */
export const adviceOf = ({ verdict }: Comparison, run = 'RUN'): readonly string[] => {
  switch (verdict) {
    case 'pass':
      return []
    case 'improved':
      return [`If this is to be the new normal: collaudo baseline accept ${run}`]
    case 'regressed':
      return [
        `Look at the worst step in the report’s latency chart and in the systems’ traces. If this is to be the new normal: collaudo baseline accept ${run}`,
      ]
    case 'inconclusive':
      return ['Run longer or at a higher --scale: each step needs 30 requests on both sides.']
    case 'no-baseline':
      return [`Accept a run first: collaudo baseline accept ${run}`]
  }
}
