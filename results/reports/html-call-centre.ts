import type { RunRecord } from '../../model/run-record.ts'
import { formatCount, formatMs, formatRatio } from '../format.ts'
import { table } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

/** Calls, waits and operators of each stream whose rows are calls; nothing where there is none. */
export const callCentreSection = (centres: RunRecord['callCentres']): Markup =>
  centres.length === 0
    ? html``
    : html`
<h2>Call centre</h2>
<p class="soft">What callers and operators saw, beside what Erlang A expects of the same calls, handling time, operators and patience in the long run. A slow screen makes a call longer: it keeps an operator, and the next caller waits.</p>
${centres.map(callCentre)}`

const callCentre = (centre: RunRecord['callCentres'][number]): Markup => {
  const { stream, phase, operators, offered, answered, abandoned, handlingMs, patienceMs, seen, expected } = centre
  return html`
<h3>${stream}, ${phase}: ${formatCount(offered)} calls, ${formatCount(answered)} answered, ${formatCount(abandoned)} abandoned</h3>
${table(
  [{ title: 'Figure' }, { title: 'Seen', isNumber: true }, { title: 'Erlang A', isNumber: true }],
  [
    ['Abandoned', formatRatio(seen.abandonedRatio), formatRatio(expected.abandonedRatio)],
    ['Mean wait of a call', formatMs(seen.meanWaitMs), formatMs(expected.meanWaitMs)],
    [
      `Operators busy, of ${formatCount(operators)}`,
      formatCount(seen.busyOperators),
      formatCount(expected.busyOperators),
    ],
  ],
)}
<p class="soft">A call takes ${formatMs(handlingMs)} on average, and a caller waits ${formatMs(patienceMs)} on average before giving up.</p>`
}
