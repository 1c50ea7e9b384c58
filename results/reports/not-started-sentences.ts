import type { RunRecord } from '../../model/run-record.ts'
import { counted, formatMs } from '../format.ts'

/** Which rows a run that did not come to its end has left, stream by stream; nothing where all were started. */
export const notStartedSentences = ({ notStarted = [] }: RunRecord): readonly string[] =>
  notStarted.map(
    ({ stream, count, rows, fromDueMs, toDueMs }) =>
      `Not started of ${stream}: ${counted(count, 'row', 'rows')} (${stretches(rows)}), due from ${formatMs(fromDueMs)} to ${formatMs(toDueMs)}.`,
  )

const mostNamed = 3

const stretches = (rows: readonly (readonly [number, number])[]): string => {
  const named = rows.slice(0, mostNamed).map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`))
  const further = rows.length - named.length
  return `${named.join(', ')}${further > 0 ? ` and ${counted(further, 'stretch', 'stretches')} more` : ''}`
}
