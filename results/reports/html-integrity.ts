import type { Integrity } from '../../model/run-record.ts'
import { formatCount } from '../format.ts'
import { brokenPromises } from '../judge.ts'
import { heading } from './html-concepts.ts'
import { narrowTable, table } from './html-table.ts'
import { html, type Markup } from './html-template.ts'

/** What became of every write, and examples of broken promises. */
export const integritySection = (integrity: Integrity): Markup => html`
${heading('What was written, read back', 'figures')}
<p>${summary(integrity)}</p>
${narrowTable(
  [{ title: 'Writes' }, { title: 'Count', isNumber: true }, { title: 'Meaning' }],
  rows(integrity).map(([name, count, meaning]) => [name, formatCount(count), meaning]),
)}
${integrity.examples.length === 0 ? '' : examples(integrity)}`

const summary = (integrity: Integrity): string => {
  const { verified, intended, complete } = integrity
  const broken = brokenPromises(integrity)
  const read = `${formatCount(verified)} of ${formatCount(intended)} writes were read back from the target`
  if (!complete)
    return `${read}; then it could not be read any further, so nothing may pass. Broken promises so far: ${formatCount(broken)}.`
  return broken === 0 ? `${read}; none broke a promise.` : `${read}; ${formatCount(broken)} broke a promise.`
}

const rows = (integrity: Integrity): readonly (readonly [string, number, string])[] => [
  ['Lost', integrity.lost, 'acknowledged, and not there'],
  ['Double-booked', integrity.doubleBooked, 'slots with more than one active appointment'],
  ['Duplicated', integrity.duplicated, 'one identifier, and more is stored than was written'],
  [
    'Half',
    integrity.half,
    'a part of what was written at once: a busy slot without its appointment, some lines of an order',
  ],
  ['Corrupted', integrity.corrupted, 'stored otherwise than acknowledged, or stored though refused'],
  ['Given back and still held', integrity.leaked, 'slots that nobody can have'],
  ['Visible too late', integrity.late, 'acknowledged, and not found when it had to be visible'],
  ['Shown to others', integrity.disclosed, 'somebody was shown what is another’s'],
  ['Acknowledged', integrity.acknowledged, 'the target confirmed them'],
  ['Refused', integrity.refused, 'the target said no, as it may'],
  ['Unknown, landed', integrity.unknown.landed, 'no answer came, and they are there'],
  ['Unknown, absent', integrity.unknown.absent, 'no answer came, and they are not there'],
  ['Holds left', integrity.held, 'neither booked nor given back yet; no promise is broken'],
]

const examples = ({ examples: found }: Integrity): Markup => html`
<h3>Broken promises</h3>
${table(
  [
    { title: 'Kind' },
    { title: 'Identifier' },
    { title: 'Slot' },
    { title: 'Acknowledged' },
    { title: 'Found' },
    { title: 'Row' },
  ],
  found.map(({ kind, identifier, slot, expected, found: what, stream, row }) => [
    kind,
    html`<code>${identifier}</code>`,
    html`<code>${slot}</code>`,
    expected,
    what,
    `${stream} ${row}`,
  ]),
)}`
