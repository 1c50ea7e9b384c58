import type { StepResult } from '../../model/run-record.ts'
import { formatCount, formatMs } from '../format.ts'
import { heading } from './html-concepts.ts'
import { type Column, folded, wideTable } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

const number = (title: string): Column => ({ title, isNumber: true })

const columns: readonly Column[] = [
  { title: 'Step' },
  { title: 'Phase' },
  number('Requests'),
  number('Failed'),
  number('p50 sent'),
  number('p95 sent'),
  number('p99 sent'),
  number('max sent'),
  number('p50 due'),
  number('p95 due'),
  number('p99 due'),
]

/** Latencies of every step; the phases that no gate judges are folded away. */
export const stepSection = (results: readonly StepResult[]): Markup => {
  const asked = results.filter(({ requests }) => requests > 0)
  const isApart = ({ phase }: StepResult) => ['warm-up', 'relief', 'drain', 'crossing'].includes(phase)
  return html`
${heading('Steps', 'figures')}
<p class="soft">Latency of answered requests. From due counts the wait for a free actor too, for the first step of a journey.</p>
${stepTable(asked.filter((step) => !isApart(step)))}
${folded('Warm-up and drain, which no gate judges', stepTable(asked.filter(isApart)))}`
}

const stepTable = (results: readonly StepResult[]): Markup =>
  wideTable(
    columns,
    results.map(({ stream, journey, step, phase, requests, failed, fromSentMs: sent, fromDueMs: due }) => [
      `${stream} / ${journey} / ${step}`,
      phase,
      formatCount(requests),
      formatCount(failed),
      ...[sent.p50, sent.p95, sent.p99, sent.max].map(formatMs),
      ...(due ? [due.p50, due.p95, due.p99].map(formatMs) : ['–', '–', '–']),
    ]),
  )
