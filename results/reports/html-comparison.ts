import type { Comparison } from '../../model/comparison.ts'
import { comparisonCells, comparisonSentences, comparisonTitles, inOrder } from './comparison-figures.ts'
import { heading } from './html-concepts.ts'
import { folded, wideTable } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

const columns = comparisonTitles.map((title) => ({
  title,
  isNumber: !['Step', 'Measure', 'Verdict'].includes(title),
}))

/** What became better or worse; what did not change is folded away. */
export const comparisonSection = (comparison: Comparison | undefined): Markup => {
  if (!comparison) return html``
  const steps = inOrder(comparison.steps)
  const isChanged = (verdict: string) => verdict === 'regressed' || verdict === 'improved'
  const rows = (of: typeof steps) =>
    wideTable(
      columns,
      of.map((step) =>
        comparisonCells(step).map((cell, index) => (index === columns.length - 1 ? tag(step.verdict, cell) : cell)),
      ),
    )
  const changed = steps.filter(({ verdict }) => isChanged(verdict))
  const others = steps.filter(({ verdict }) => !isChanged(verdict))
  return html`
${heading('Comparison', 'comparison')}
${comparisonSentences(comparison).map((sentence) => html`<p>${sentence}</p>`)}
${changed.length > 0 ? rows(changed) : html``}
${others.length > 0 ? folded(`${others.length} figures that did not change, or that cannot be told`, rows(others)) : html``}`
}

const tag = (verdict: string, text: string): Markup => html`<span class="tag ${verdict}">${text}</span>`
