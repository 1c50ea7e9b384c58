import type { Comparison } from '../../model/comparison.ts'
import { aligned } from './aligned.ts'
import { adviceOf, comparisonCells, comparisonSentences, comparisonTitles, inOrder } from './comparison-figures.ts'
import type { Style } from './terminal.ts'

const words = {
  pass: 'nothing changed that could be seen',
  improved: 'better than before',
  regressed: 'worse than before',
  inconclusive: 'nothing is proven either way',
  'no-baseline': 'there is nothing to compare with',
} as const

/** A comparison as plain text: verdict, why, what to do, and every figure that can be judged. */
export const comparisonText = (comparison: Comparison, style: Style): string => {
  const { verdict, reasons } = comparison
  const steps = inOrder(comparison.steps).filter((step) => step.verdict !== 'inconclusive')
  const look = verdict === 'regressed' ? 'bad' : verdict === 'pass' || verdict === 'improved' ? 'good' : 'doubt'
  return [
    `${style(look, style('bold', verdict.toUpperCase()))} - ${words[verdict]}`,
    ...reasons.map((reason) => `  ${reason}`),
    '',
    ...comparisonSentences(comparison),
    ...(steps.length === 0 ? [] : ['', ...aligned([comparisonTitles, ...steps.map(comparisonCells)])]),
    ...adviceOf(comparison).map((item) => `\n→ ${item}`),
    '',
  ].join('\n')
}
