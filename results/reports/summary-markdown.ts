import type { RunRecord } from '../../model/run-record.ts'
import { formatCount, formatLimit, formatMs, formatObserved } from '../format.ts'
import { brokenPromises } from '../judge.ts'
import { advice } from './advice.ts'
import { comparisonCells, comparisonTitles, inOrder } from './comparison-figures.ts'
import { costAndCarbonSentences } from './cost-and-carbon-sentences.ts'
import { experimentSentences } from './experiment-sentences.ts'
import { furtherSentences } from './further-sentences.ts'
import { headline } from './headline.ts'
import { codeSpan, escaped, markdownTable } from './markdown.ts'
import { worstFirst } from './worst-first.ts'

/** `summary.md`: the verdict for a pull request or a job's page; Markdown tables, everything escaped. */
export const markdownSummary = (record: RunRecord): string => {
  const { word, sentence } = headline(record)
  const { delivery, integrity } = record
  return `# ${word} – ${escaped(sentence)}

${escaped(record.scenario)} on ${escaped(record.target)}, ${record.startedAt}, run ${escaped(record.id)}

${record.reasons.map((reason) => `- ${escaped(reason)}`).join('\n')}

${experimentLines(record)}${markdownTable(['Gate', 'Verdict', 'Observed', 'Limit', 'Samples', 'Phase'], worstFirst(record.gates).map(gateCells))}

## What to do

${advice(record)
  .map((item) => `- ${escaped(item)}`)
  .join('\n')}

## Numbers

- Rows: ${formatCount(delivery.planned)} planned, ${formatCount(delivery.started)} started, ${formatCount(delivery.completed)} ended, ${formatCount(delivery.cut)} cut
- Writes: ${formatCount(integrity.acknowledged)} acknowledged, ${formatCount(integrity.verified)} of ${formatCount(integrity.intended)} read back, ${formatCount(brokenPromises(integrity))} broken promises
- Waited for a free actor: p99 ${formatMs(delivery.workerWaitMs.p99)}; timer lag of the load generator: p99 ${formatMs(delivery.timerLagMs.p99)}
${[...furtherSentences(record), ...costAndCarbonSentences(record)]
  .map((sentence) => `- ${escaped(sentence)}\n`)
  .join('')}
${markdownTable(['Step', 'Phase', 'Requests', 'Failed', 'p50 sent', 'p95 sent', 'p95 due'], record.steps.filter(({ requests }) => requests > 0).map(stepCells))}
${comparisonLines(record)}
Repeat it: ${codeSpan(record.provenance.commandLine)}
`
}

/** A list of its own, or nothing. */
const experimentLines = (record: RunRecord): string => {
  const lines = experimentSentences(record).map((sentence) => `- ${escaped(sentence)}\n`)
  return lines.length === 0 ? '' : `${lines.join('')}\n`
}

/** What was compared and can be told; what changed first. */
const comparisonLines = ({ comparison }: RunRecord): string => {
  const steps = inOrder(comparison?.steps ?? []).filter(({ verdict }) => verdict !== 'inconclusive')
  return steps.length === 0 ? '' : `\n## Comparison\n\n${markdownTable(comparisonTitles, steps.map(comparisonCells))}\n`
}

const gateCells = (gate: RunRecord['gates'][number]) => [
  gate.name,
  gate.verdict,
  formatObserved(gate),
  formatLimit(gate),
  formatCount(gate.samples),
  gate.phase,
]

const stepCells = ({
  stream,
  journey,
  step,
  phase,
  requests,
  failed,
  fromSentMs,
  fromDueMs,
}: RunRecord['steps'][number]) => [
  `${stream} / ${journey} / ${step}`,
  phase,
  formatCount(requests),
  formatCount(failed),
  formatMs(fromSentMs.p50),
  formatMs(fromSentMs.p95),
  fromDueMs ? formatMs(fromDueMs.p95) : '–',
]
