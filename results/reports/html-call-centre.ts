import type { CallCentreResult } from '../../model/run-record.ts'
import { formatCount, formatMs } from '../format.ts'
import { callCentreFigures } from './call-centre-figures.ts'
import { callCentreOutlookSection } from './html-call-centre-outlook.ts'
import { heading } from './html-concepts.ts'
import { narrowTable } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

/** Calls, waits and operators of each stream whose rows are calls; nothing where there is none. */
export const callCentreSection = (centres: readonly CallCentreResult[]): Markup =>
  centres.length === 0
    ? html``
    : html`
${heading('Call centre', 'call-centre')}
<p class="soft">What callers and operators saw, beside what Erlang A expects in the long run of the same calls, handling time, operators and patience. A slow screen makes a call longer: it keeps an operator, and the next caller waits.</p>
${centres.map(callCentre)}`

const callCentre = (centre: CallCentreResult): Markup => {
  const { stream, phase, offered, answered, abandoned, handlingMs, patienceMs } = centre
  return html`
<h3>${stream}, ${phase}: ${formatCount(offered)} calls, ${formatCount(answered)} answered, ${formatCount(abandoned)} abandoned</h3>
${narrowTable(
  [{ title: 'Figure' }, { title: 'Seen', isNumber: true }, { title: 'Erlang A', isNumber: true }],
  callCentreFigures(centre).map(({ title, seen, expected }) => [title, seen, expected]),
)}
<p class="soft">A call takes ${formatMs(handlingMs)} on average, and a caller waits ${formatMs(patienceMs)} on average before giving up.</p>
${callCentreOutlookSection(centre)}`
}
