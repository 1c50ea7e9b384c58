import type { Comparison } from '../../model/comparison.ts'
import type { Verdict } from '../../model/verdict.ts'
import { aligned } from './aligned.ts'
import { adviceOf, comparisonCells, comparisonSentences, comparisonTitles, inOrder } from './comparison-figures.ts'
import { lookOf } from './look-of.ts'
import type { Style } from './terminal.ts'

const words: Readonly<Record<Verdict, string>> = {
  pass: 'nothing changed that could be seen',
  improved: 'better than before',
  regressed: 'worse than before',
  fail: 'whatever changed, the run itself broke its gates or its promises',
  invalid: 'the measurement cannot be trusted',
  inconclusive: 'nothing is proven either way',
  'no-baseline': 'there is nothing to compare with',
}

/** A comparison as plain text: verdict (of the run that came after, where it is another), why, what to do, and every figure that can be judged. */
export const comparisonText = (comparison: Comparison, style: Style, verdict: Verdict = comparison.verdict): string => {
  const steps = inOrder(comparison.steps).filter((step) => step.verdict !== 'inconclusive')
  return [
    `${style(lookOf(verdict), style('bold', verdict.toUpperCase()))} - ${words[verdict]}`,
    ...comparison.reasons.map((reason) => `  ${reason}`),
    '',
    ...comparisonSentences(comparison),
    ...(steps.length === 0 ? [] : ['', ...aligned([comparisonTitles, ...steps.map(comparisonCells)])]),
    ...adviceOf(comparison).map((item) => `\n→ ${item}`),
    '',
  ].join('\n')
}
