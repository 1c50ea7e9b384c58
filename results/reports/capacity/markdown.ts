import type { CapacityRecord } from '../../../model/capacity-record.ts'
import { formatMs } from '../../format.ts'
import { escaped, markdownTable } from '../markdown.ts'
import { capacityAdvice } from './advice.ts'
import { capacityHeadline } from './headline.ts'
import { limitCells, limitRows } from './limit-in-words.ts'
import { capacityReasons } from './reasons.ts'
import { outcomeOf, slowestP95Ms } from './trial-in-words.ts'

/** `summary.md` of a search. */
export const capacityMarkdown = (record: CapacityRecord): string => {
  const { word, sentence } = capacityHeadline(record)
  const { scenario, target, startedAt, id, search, without, provenance } = record
  const list = (items: readonly string[]) => items.map((item) => `- ${escaped(item)}`).join('\n')
  return `# ${word} – ${escaped(sentence)}

Capacity of ${escaped(scenario)} on ${escaped(target)}, ${startedAt}, search ${escaped(id)}

${markdownTable(
  ['Limit', 'Load', 'In an hour'],
  limitRows(search).map(([name, limit]) => [name, ...limitCells(limit)]),
)}

${list(capacityReasons(record))}

## What to do

${list(capacityAdvice(record))}

## Trials

${markdownTable(
  ['Trial', 'Load', 'Offered/s', 'Done/s', 'p95', 'Outcome'],
  [...search.trials, ...(without?.search.trials ?? [])].map((trial) => [
    trial.name,
    `× ${trial.scale}`,
    trial.offeredPerSecond.toFixed(1),
    trial.completedPerSecond.toFixed(1),
    formatMs(slowestP95Ms(trial)),
    outcomeOf(trial),
  ]),
)}

Repeat it: \`${provenance.commandLine.replaceAll('`', "'")}\`
`
}
