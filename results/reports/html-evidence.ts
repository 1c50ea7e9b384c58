import type { Evidence } from '../../model/run-record.ts'
import { formatMs } from '../format.ts'
import { type Column, folded, wideTable } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

const columns: readonly Column[] = [
  { title: 'Step' },
  { title: 'Row', isNumber: true },
  { title: 'Outcome' },
  { title: 'Status', isNumber: true },
  { title: 'At', isNumber: true },
  { title: 'Took', isNumber: true },
  { title: 'Trace id' },
  { title: 'Answer' },
]

/** What did not end well comes first; the slowest of what did is folded away. */
export const evidenceSection = (kept: readonly Evidence[]): Markup => {
  const isWell = ({ outcome }: Evidence) => outcome === 'ok'
  const unwell = kept.filter((one) => !isWell(one))
  return html`
<h2>Evidence</h2>
<p class="soft">The first of each step that did not end well, and the slowest. Look the trace id up in the systems’ logs.</p>
${unwell.length === 0 ? html`<p>Every request ended well.</p>` : evidenceTable(unwell)}
${folded('The slowest of each step', evidenceTable(kept.filter(isWell)))}`
}

const evidenceTable = (kept: readonly Evidence[]): Markup =>
  wideTable(
    columns,
    kept.map(({ stream, journey, step, row, outcome, status, startedMs, durationMs, traceId, body }) => [
      `${stream} / ${journey} / ${step}`,
      String(row),
      outcome,
      status === 0 ? '–' : String(status),
      formatMs(startedMs),
      formatMs(durationMs),
      html`<code>${traceId}</code>`,
      html`<code>${body}</code>`,
    ]),
  )
